import type { Language } from './account.ts'
import type { LinkPurpose } from './link-store.ts'
import type { Mail } from './mailer.ts'

interface Facts {
  readonly name: string
  readonly url: string
  readonly hours: number
}

type Words = (facts: Facts) => Omit<Mail, 'to'>

const RESET: Readonly<Record<Language, Words>> = {
  en: ({ name, url, hours }) => ({
    subject: 'Entraide: choose a new password',
    text: `Hello ${name},

Somebody, probably you, asked for a new password for Entraide. Choose one here:

${url}

The link works once, within ${hours} hours. If it was not you, do nothing: your password stays as it is.
`,
  }),
  fr: ({ name, url, hours }) => ({
    subject: 'Entraide\u00a0: choisissez un nouveau mot de passe',
    text: `Bonjour ${name},

Un nouveau mot de passe a été demandé pour votre compte Entraide, sans doute par vous. Choisissez-le ici\u00a0:

${url}

Ce lien est valable une seule fois, pendant ${hours}\u00a0heures. Si vous n’avez rien demandé, ignorez ce message\u00a0: votre mot de passe reste le même.
`,
  }),
}

const INVITATION: Readonly<Record<Language, Words>> = {
  en: ({ name, url, hours }) => ({
    subject: 'Entraide: choose a password',
    text: `Hello ${name},

You have been invited to Entraide, and have no password yet. Choose one here:

${url}

The link works once, within ${hours} hours.
`,
  }),
  fr: ({ name, url, hours }) => ({
    subject: 'Entraide\u00a0: choisissez un mot de passe',
    text: `Bonjour ${name},

Vous avez reçu une invitation à utiliser Entraide et n’avez pas encore de mot de passe. Choisissez-le ici\u00a0:

${url}

Ce lien est valable une seule fois, pendant ${hours}\u00a0heures.
`,
  }),
}

/** What a mail with a link says. */
export function wordMail(purpose: LinkPurpose, language: Language, facts: Facts): Omit<Mail, 'to'> {
  return (purpose === 'reset' ? RESET : INVITATION)[language](facts)
}
