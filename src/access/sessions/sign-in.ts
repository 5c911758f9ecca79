import type { SignInConfig } from '../../platform/config/sign-in-config.ts'
import type { Database } from '../../platform/database/database.ts'
import { type Account, actorOf, normalisedEmail } from '../accounts/account.ts'
import type { AccountStore } from '../accounts/account-store.ts'
import type { Passwords } from '../accounts/passwords.ts'
import { type Actor, anonymous } from '../actor.ts'
import type { AuditLog } from '../audit-log.ts'
import { accessErrors } from '../errors.ts'
import type { Browser, SessionStore, StartedSession } from './session-store.ts'
import type { SignInLimits } from './sign-in-limits.ts'

export interface SignInDeps {
  readonly db: Database
  readonly accounts: AccountStore
  readonly sessions: SessionStore
  readonly limits: SignInLimits
  readonly passwords: Passwords
  readonly audit: AuditLog
  readonly config: SignInConfig
}

/** How somebody came to be signed in, for the audit log. */
type Way = 'password' | 'link' | 'oidc' | 'demo'

/** Where a request came from, and the session that it had already. */
export interface Origin extends Browser {
  readonly address: string
  readonly requestId?: string
  /** Ended by a sign-in in the same browser. */
  readonly earlier?: { readonly accountId: string; readonly sessionId: string }
}

/** A person who was just signed in. */
export interface SignIn {
  readonly account: Account
  readonly session: StartedSession
}

/**
 * Signs a person in. Whether there is no such account, it is disabled, has no password or another one: the answer is
 * the same, after the same work.
 *
 * @throws CodedError SIGN_IN_FAILED, SIGN_IN_LIMITED, PASSWORD_SIGN_IN_OFF
 */
export async function signIn(
  deps: SignInDeps,
  { email, password, origin }: { readonly email: string; readonly password: string; readonly origin: Origin },
): Promise<SignIn> {
  requirePasswordSignIn(deps.config)
  const attempt = await deps.limits.attempt(normalisedEmail(email), origin)
  const account = await deps.accounts.findByEmail(normalisedEmail(email))
  // Of nobody there is no hash, and the search for it takes as long.
  const hash = await deps.accounts.passwordHash(account?.id ?? '')
  const isRight = await deps.passwords.matches(hash, password)
  const signedIn =
    account !== undefined && isRight ? await startSession(deps, account, 'password', origin, hash) : undefined
  if (signedIn === undefined) {
    const actor = { ...anonymous, requestId: origin.requestId }
    const after = { address: origin.address }
    await deps.audit.record('session.refused', actor, account?.id ?? 'unknown', { after })
    throw accessErrors.SIGN_IN_FAILED()
  }
  await attempt.succeeded()
  return signedIn
}

/**
 * Starts a session of its own, and ends the one that the browser had: a token from before is of no use after.
 *
 * @param verifiedHash of the password that was just compared
 * @returns undefined where the account was disabled or got another password since it was read
 */
export async function startSession(
  { db, accounts, sessions, audit }: Pick<SignInDeps, 'db' | 'accounts' | 'sessions' | 'audit'>,
  { id }: Pick<Account, 'id'>,
  way: Way,
  origin: Origin,
  verifiedHash?: string,
): Promise<SignIn | undefined> {
  return db.transaction(async () => {
    // Whoever disables the account or sets its password ends its sessions, of which this must then be one.
    const locked = await accounts.lock(id)
    if (locked === undefined || locked.account.status === 'disabled') return undefined
    if (verifiedHash !== undefined && locked.passwordHash !== verifiedHash) return undefined
    const { account } = locked
    if (origin.earlier !== undefined) await sessions.end(origin.earlier.accountId, origin.earlier.sessionId)
    const session = await sessions.start(account.id, origin)
    const actor = { ...actorOf(account), requestId: origin.requestId }
    await audit.record('session.started', actor, account.id, { after: { session: session.id, way } })
    return { account, session }
  })
}

/** Ends the session that asks. */
export async function endSession(
  { db, sessions, audit }: Pick<SignInDeps, 'db' | 'sessions' | 'audit'>,
  { actor, sessionId }: { readonly actor: Actor; readonly sessionId: string },
): Promise<void> {
  await db.transaction(async () => {
    if (await sessions.end(actor.id, sessionId))
      await audit.record('session.ended', actor, actor.id, { before: { session: sessionId } })
  })
}

/** @throws CodedError PASSWORD_SIGN_IN_OFF */
export function requirePasswordSignIn({ password, oidc }: SignInConfig): void {
  if (!password) throw accessErrors.PASSWORD_SIGN_IN_OFF({ name: oidc?.name ?? 'an API key' })
}
