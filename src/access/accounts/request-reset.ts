import type { Clock } from '../../platform/clock.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { system } from '../actor.ts'
import type { SignInLimits } from '../sessions/sign-in-limits.ts'
import { type Account, type Language, normalisedEmail } from './account.ts'
import type { AccountStore } from './account-store.ts'
import type { SendMail } from './mailer.ts'
import type { AccountDeps } from './manage-accounts.ts'
import { wordMail } from './reset-mail.ts'

export const SEND_RESET_LINK = 'access.send-reset-link'

/** What the job is given; without an account it does nothing, so that nobody sees by its absence that there is none. */
export interface ResetRequest {
  readonly accountId?: string
  /** For an account that says none. */
  readonly language: Language
}

export interface ResetDeps {
  readonly accounts: AccountStore
  readonly limits: SignInLimits
  readonly jobs: Pick<JobStore, 'enqueue'>
  /** Absent where no mail server is configured. */
  readonly sendMail?: SendMail
}

/**
 * Has a link sent by which a person sets a new password. The caller never learns whether there is such a person: the
 * same is done for any address, and the mail is a job's.
 *
 * @throws CodedError SIGN_IN_LIMITED
 */
export async function requestReset(
  { accounts, limits, jobs, sendMail }: ResetDeps,
  input: {
    readonly email: string
    readonly address: string
    readonly requestId?: string
    readonly language: Language
  },
): Promise<void> {
  const email = normalisedEmail(input.email)
  const isWithinLimit = await limits.mail(email, input)
  if (sendMail === undefined) return
  const account = await accounts.findByEmail(email)
  const accountId = isWithinLimit ? account?.id : undefined
  await jobs.enqueue({ type: SEND_RESET_LINK, payload: { accountId, language: input.language } })
}

/** Makes the link and sends it, unless the person signs in otherwise or not at all. */
export async function sendResetLink(
  deps: Pick<AccountDeps, 'db' | 'accounts' | 'links' | 'audit'> & {
    readonly clock: Clock
    readonly sendMail?: SendMail
    readonly publicUrl?: string
  },
  { accountId = '', language }: ResetRequest,
): Promise<void> {
  const account = await deps.accounts.find(accountId)
  if (account?.email === undefined || !(await mayHavePassword(deps.accounts, account))) return
  const purpose = account.status === 'invited' ? 'invitation' : 'reset'
  const { link, expiresAt } = await deps.db.transaction(async () => {
    await deps.audit.record('account.link-mailed', system, account.id, { after: { purpose } })
    return deps.links.issue(purpose, account.id)
  })
  const hours = Math.round((Date.parse(expiresAt) - deps.clock.now().getTime()) / 3_600_000)
  const words = wordMail(purpose, account.language ?? language, {
    name: account.name,
    url: `${deps.publicUrl}${link}`,
    hours,
  })
  await deps.sendMail?.({ to: account.email, ...words })
}

/** Whoever signs in with the identity provider alone gets no password by mail: leaving the company would not end it. */
async function mayHavePassword(accounts: AccountStore, { id, status, oidc }: Account): Promise<boolean> {
  if (status === 'disabled') return false
  return !oidc || (await accounts.passwordHash(id)) !== undefined
}
