import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import { fillIn } from '../../text/language/written.ts'

/** What a mail to an asker says around its links. */
export interface MailWords {
  readonly subject: string
  readonly text: string
}

const CONFIRM: Readonly<Record<SpokenLanguage, MailWords>> = {
  en: {
    subject: 'Confirm your e-mail address – question {number}',
    text: `Somebody asked a question at {centre} and gave this address, so that the answer can be mailed.

If it was you, confirm the address:
{url}

If it was not you, ignore this message: there will be no other, and the address is deleted within a week.
`,
  },
  fr: {
    subject: 'Confirmez votre adresse e-mail – question {number}',
    text: `Quelqu’un a posé une question sur {centre} et a indiqué cette adresse pour recevoir la réponse.

Si c’est vous, confirmez l’adresse\u00a0:
{url}

Si ce n’est pas vous, ignorez ce message\u00a0: il n’y en aura pas d’autre, et l’adresse sera effacée dans la semaine.
`,
  },
}

const ANSWERED: Readonly<Record<SpokenLanguage, MailWords>> = {
  en: {
    subject: 'Your question {number} was answered',
    text: `There is an answer to the question that you asked at {centre}. Read it, reply, or say whether it helped:
{url}

No more messages about this question, and have the address deleted:
{stop}
`,
  },
  fr: {
    subject: 'Votre question {number} a reçu une réponse',
    text: `La question que vous avez posée sur {centre} a reçu une réponse. Lisez-la, répondez ou dites si elle vous a aidé\u00a0:
{url}

Ne plus recevoir de messages sur cette question et faire effacer l’adresse\u00a0:
{stop}
`,
  },
}

/** The mail by which an address is confirmed, or by which an answer is announced. It quotes nothing of the question. */
export function wordMail(
  kind: 'confirm' | 'answered',
  language: SpokenLanguage,
  values: Readonly<Record<string, string>>,
): MailWords {
  const { subject, text } = (kind === 'confirm' ? CONFIRM : ANSWERED)[language]
  return { subject: fillIn(subject, values), text: fillIn(text, values) }
}
