import type { SignInConfig } from '../../platform/config/sign-in-config.ts'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends mail. @throws what the mail server answers */
export type SendMail = (mail: Mail) => Promise<void>

/** The configured mail server; it is met when there is something to send. */
export function createMailer({ smtpUrl, from }: NonNullable<SignInConfig['mail']>): SendMail {
  return async ({ to, subject, text, headers }) => {
    const { createTransport } = await import('nodemailer')
    const transport = createTransport(smtpUrl, { from })
    try {
      // A list of its own: what a person typed is one address, whatever it looks like.
      await transport.sendMail({ to: [{ name: '', address: to }], subject, text, headers })
    } finally {
      transport.close()
    }
  }
}
