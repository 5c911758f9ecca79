import type { SendMail } from '../../access/accounts/mailer.ts'
import type { HelpCentre } from '../../help-centre/create-help-centre.ts'
import type { Database } from '../../platform/database/database.ts'
import { hashOf, newSecret } from '../asking/form-tokens.ts'
import { followPath, mailPath } from '../pages/paths.ts'
import type { QuestionStore } from '../question-store.ts'
import type { AddressStore } from './address-store.ts'
import { wordMail } from './mail-words.ts'

export const SEND_CONFIRMATION = 'community.send-confirmation'
export const SEND_ANSWER = 'community.send-answer'

export interface MailDeps {
  readonly db: Database
  readonly questions: QuestionStore
  readonly addresses: AddressStore
  readonly settings: Pick<HelpCentre['settings'], 'find'>
  /** Absent where no mail server is configured. */
  readonly sendMail?: SendMail
  readonly publicUrl?: string
}

/** Asks whoever has the address whether it is theirs: the one mail that an unconfirmed address is ever sent. */
export async function sendConfirmation(deps: MailDeps, questionId: string): Promise<void> {
  const address = await deps.addresses.find(questionId)
  if (address === undefined || address.isConfirmed) return
  await send(deps, questionId, 'confirm', address.email)
}

/** Tells an asker who confirmed an address that there is an answer. */
export async function sendAnswer(deps: MailDeps, questionId: string): Promise<void> {
  const address = await deps.addresses.find(questionId)
  if (address?.isConfirmed !== true) return
  await send(deps, questionId, 'answered', address.email)
}

/** Each mail has a link of its own: of the earlier ones only hashes are kept. */
async function send(
  { db, questions, settings, sendMail, publicUrl = '' }: MailDeps,
  questionId: string,
  kind: 'confirm' | 'answered',
  to: string,
): Promise<void> {
  const question = await questions.find(questionId)
  if (question === undefined || sendMail === undefined) return
  const { number, language } = question
  const secret = newSecret()
  await db.transaction(() =>
    questions.addLink(questionId, hashOf(secret), kind === 'confirm' ? 'confirm' : 'follow'),
  )
  const stop = publicUrl + mailPath(language, secret)
  const words = wordMail(kind, language, {
    number,
    centre: (await settings.find()).settings.name[language],
    url: kind === 'confirm' ? stop : publicUrl + followPath(language, secret),
    stop,
  })
  const headers = kind === 'answered' ? { 'List-Unsubscribe': `<${stop}>` } : undefined
  await sendMail({ to, ...words, headers })
}
