import type { LinkDeps } from '../accounts/accept-link.ts'
import { type Account, checkedName, isPerson, type Language } from '../accounts/account.ts'
import type { AccountStore } from '../accounts/account-store.ts'
import { checkPassword } from '../accounts/passwords.ts'
import { type Actor, type Proficiency, proficiencyOf } from '../actor.ts'
import { accessErrors } from '../errors.ts'
import type { Session } from '../sessions/session-store.ts'
import { requirePasswordSignIn, type SignInDeps } from '../sessions/sign-in.ts'
import type { Preferences } from './preferences.ts'

/** Who asks, as they see themselves. */
export interface Me extends Pick<Actor, 'id' | 'name' | 'roles' | 'audience'> {
  readonly kind: 'person' | 'key'
  readonly email?: string
  readonly language?: Language
  readonly proficiency?: Proficiency
  readonly preferences: Preferences
}

/** Who asks: a person with what they prefer, or a key. */
export async function getMe({ accounts }: { readonly accounts: AccountStore }, actor: Actor): Promise<Me> {
  const account = isPerson(actor) ? await accounts.find(actor.id) : undefined
  if (account !== undefined) return meOf(account, await accounts.preferences(account.id))
  const { id, name, roles, audience } = actor
  return { id, name, kind: 'key', roles, audience, proficiency: proficiencyOf(actor), preferences: {} }
}

/** A person as they see themselves. */
export function meOf(account: Account, preferences: Preferences): Me {
  const { id, name, email, language, roles, audience } = account
  const proficiency = proficiencyOf(account)
  return { id, name, kind: 'person', email, language, roles, audience, proficiency, preferences }
}

const LARGEST_PREFERENCES = 65_536

export interface OwnChange {
  readonly name?: string
  readonly language?: Language
  /** Each property that is given is replaced as a whole. */
  readonly preferences?: Preferences
  readonly actor: Actor
}

/** @throws CodedError PERSON_REQUIRED, ACCOUNT_NAME_INVALID, PREFERENCES_TOO_LARGE */
export async function changeMe(
  { db, accounts, audit }: Pick<SignInDeps, 'db' | 'accounts' | 'audit'>,
  { actor, language, ...change }: OwnChange,
): Promise<Me> {
  const name = change.name === undefined ? undefined : checkedName(change.name)
  return db.transaction(async () => {
    const account = await requirePerson(accounts, actor)
    // Two windows may change a preference each at once.
    await accounts.lock(account.id)
    const before = await accounts.preferences(account.id)
    const preferences = { ...before, ...change.preferences }
    if (Buffer.byteLength(JSON.stringify(preferences)) > LARGEST_PREFERENCES)
      throw accessErrors.PREFERENCES_TOO_LARGE({ limit: LARGEST_PREFERENCES })
    if (change.preferences !== undefined) await accounts.setPreferences(account.id, preferences)
    await accounts.change(account.id, { name, language })
    if (name !== undefined && name !== account.name)
      await audit.record('account.changed', actor, account.id, {
        before: { name: account.name },
        after: { name },
      })
    return meOf(await requirePerson(accounts, actor), preferences)
  })
}

/**
 * Sets another password, ends the other sessions, and makes links for a new password invalid. Counted like attempts to
 * sign in.
 *
 * @throws CodedError PERSON_REQUIRED, PASSWORD_WRONG, PASSWORD_…, SIGN_IN_LIMITED
 */
export async function changePassword(
  deps: LinkDeps,
  input: {
    readonly current: string
    readonly next: string
    readonly actor: Actor
    readonly sessionId?: string
    readonly address: string
  },
): Promise<void> {
  const { db, accounts, sessions, links, passwords, limits, audit } = deps
  requirePasswordSignIn(deps.config)
  const account = await requirePerson(accounts, input.actor)
  const { actor, address } = input
  const from = { address, requestId: actor.requestId }
  const attempt = await limits.attempt(account.email ?? account.id, from)
  const current = await accounts.passwordHash(account.id)
  if (!(await passwords.matches(current, input.current))) {
    await audit.record('account.password-refused', actor, account.id, { after: { address } })
    throw accessErrors.PASSWORD_WRONG()
  }
  await attempt.succeeded()
  checkPassword(input.next, [account.name, account.email])
  const hash = await passwords.hash(input.next)
  await db.transaction(async () => {
    // It may have been reset since it was compared.
    if ((await accounts.lock(account.id))?.passwordHash !== current) throw accessErrors.PASSWORD_WRONG()
    await accounts.setPasswordHash(account.id, hash)
    await sessions.endAll(account.id, input.sessionId)
    // Whoever had a link mailed or handed over could otherwise undo the change.
    await links.removeOf(account.id)
    await audit.record('account.password-changed', actor, account.id)
  })
}

/** Ends a session of one's own. @throws CodedError PERSON_REQUIRED, SESSION_NOT_FOUND */
export async function endOwnSession(
  { db, accounts, sessions, audit }: SignInDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    const account = await requirePerson(accounts, actor)
    if (!(await sessions.end(account.id, id))) throw accessErrors.SESSION_NOT_FOUND({ id })
    await audit.record('session.ended', actor, account.id, { before: { session: id } })
  })
}

/** Ends all sessions of one's own but the one that asks. @throws CodedError PERSON_REQUIRED */
export async function endOtherSessions(
  { db, accounts, sessions, audit }: SignInDeps,
  { actor, sessionId }: { readonly actor: Actor; readonly sessionId?: string },
): Promise<void> {
  await db.transaction(async () => {
    const account = await requirePerson(accounts, actor)
    const count = await sessions.endAll(account.id, sessionId)
    if (count > 0) await audit.record('session.ended', actor, account.id, { before: { sessions: count } })
  })
}

/** @throws CodedError PERSON_REQUIRED */
export async function listOwnSessions(
  { accounts, sessions }: Pick<SignInDeps, 'accounts' | 'sessions'>,
  actor: Actor,
): Promise<readonly Session[]> {
  return sessions.listOf((await requirePerson(accounts, actor)).id)
}

async function requirePerson(accounts: AccountStore, actor: Actor): Promise<Account> {
  const account = isPerson(actor) ? await accounts.find(actor.id) : undefined
  if (account === undefined) throw accessErrors.PERSON_REQUIRED()
  return account
}
