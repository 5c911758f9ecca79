import type { Database } from '../../platform/database/database.ts'
import type { Actor, Proficiency } from '../actor.ts'
import { visibleTo } from '../audience.ts'
import type { AuditLog } from '../audit-log.ts'
import { accessErrors } from '../errors.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import {
  type Account,
  checkedAudience,
  checkedEmail,
  checkedName,
  checkedRoles,
  type Language,
} from './account.ts'
import type { AccountChange, AccountStore } from './account-store.ts'
import type { IssuedLink, LinkStore } from './link-store.ts'

export interface AccountDeps {
  readonly db: Database
  readonly accounts: AccountStore
  readonly links: LinkStore
  readonly sessions: SessionStore
  readonly audit: AuditLog
}

export interface Invitation {
  readonly name: string
  readonly email: string
  /** At least one of ROLES. */
  readonly roles: readonly string[]
  /** One of AUDIENCES; none closer than the actor's own. */
  readonly audience: string
  readonly language?: Language
  readonly proficiency?: Proficiency
  readonly actor: Actor
}

/**
 * Makes an account, and a link by which its owner sets a password.
 *
 * @throws CodedError ACCOUNT_EXISTS, and ACCOUNT_… for what is not as it must be
 */
export async function inviteAccount(
  { db, accounts, links, audit }: AccountDeps,
  input: Invitation,
): Promise<{ readonly account: Account; readonly link: IssuedLink }> {
  const { language, proficiency, actor } = input
  const roles = checkedRoles(input.roles)
  const audience = checkedAudience(input.audience, actor)
  const person = { name: checkedName(input.name), email: checkedEmail(input.email) }
  return db.transaction(async () => {
    const account = await accounts.insert({ ...person, roles, audience, language, proficiency })
    if (account === undefined) throw accessErrors.ACCOUNT_EXISTS()
    await audit.record('account.invited', actor, account.id, { after: auditedPart(account) })
    return { account, link: await links.issue('invitation', account.id) }
  })
}

export interface AccountEdit {
  readonly id: string
  readonly name?: string
  readonly roles?: readonly string[]
  readonly audience?: string
  /** Null: again what is usual for the roles. */
  readonly proficiency?: Proficiency | null
  readonly actor: Actor
}

/**
 * Changes what an account may do; holds from its next request on.
 *
 * @throws CodedError ACCOUNT_NOT_FOUND, LAST_ADMINISTRATOR, and ACCOUNT_… for what is not as it must be
 */
export async function changeAccount(
  deps: AccountDeps,
  { id, actor, ...edit }: AccountEdit,
): Promise<Account> {
  return deps.db.transaction(async () => {
    const account = await requireAccount(deps, id, actor)
    const change: AccountChange = {
      name: edit.name === undefined ? undefined : checkedName(edit.name),
      roles: edit.roles === undefined ? undefined : checkedRoles(edit.roles),
      audience: edit.audience === undefined ? undefined : checkedAudience(edit.audience, actor),
      proficiency: edit.proficiency,
    }
    if (change.roles !== undefined && !change.roles.includes('admin')) await keepAnAdministrator(deps, id)
    await deps.accounts.change(id, change)
    const changed = await requireAccount(deps, id, actor)
    const [before, after] = [auditedPart(account), auditedPart(changed)]
    if (JSON.stringify(before) !== JSON.stringify(after))
      await deps.audit.record('account.changed', actor, id, { before, after })
    return changed
  })
}

/**
 * Signs a person out everywhere, for good. Doing so again changes nothing.
 *
 * @throws CodedError ACCOUNT_NOT_FOUND, LAST_ADMINISTRATOR
 */
export async function disableAccount(
  deps: AccountDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Account> {
  return deps.db.transaction(async () => {
    await requireAccount(deps, id, actor)
    await keepAnAdministrator(deps, id)
    if (await deps.accounts.setDisabled(id, true)) {
      await deps.sessions.endAll(id)
      await deps.links.removeOf(id)
      await deps.audit.record('account.disabled', actor, id)
    }
    return requireAccount(deps, id, actor)
  })
}

/** Lets a person sign in again. @throws CodedError ACCOUNT_NOT_FOUND */
export async function enableAccount(
  deps: AccountDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Account> {
  return deps.db.transaction(async () => {
    await requireAccount(deps, id, actor)
    if (await deps.accounts.setDisabled(id, false)) await deps.audit.record('account.enabled', actor, id)
    return requireAccount(deps, id, actor)
  })
}

/**
 * Makes a link by which a person sets a new password; for one who never signed in, the invitation anew. The password
 * stays as it is until then.
 *
 * @throws CodedError ACCOUNT_NOT_FOUND, ACCOUNT_DISABLED
 */
export async function issueResetLink(
  deps: AccountDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<IssuedLink> {
  return deps.db.transaction(async () => {
    const { status } = await requireAccount(deps, id, actor)
    if (status === 'disabled') throw accessErrors.ACCOUNT_DISABLED({ id })
    const purpose = status === 'invited' ? 'invitation' : 'reset'
    await deps.audit.record('account.link-issued', actor, id, { after: { purpose } })
    return deps.links.issue(purpose, id)
  })
}

/** Signs a person out everywhere. @throws CodedError ACCOUNT_NOT_FOUND */
export async function endSessionsOfAccount(
  deps: AccountDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await deps.db.transaction(async () => {
    await requireAccount(deps, id, actor)
    const count = await deps.sessions.endAll(id)
    if (count > 0) await deps.audit.record('account.signed-out', actor, id, { before: { sessions: count } })
  })
}

/** @throws CodedError ACCOUNT_NOT_FOUND, also for an account that sees more than the actor */
async function requireAccount({ accounts }: AccountDeps, id: string, actor: Actor): Promise<Account> {
  const account = await accounts.find(id)
  if (account === undefined || !visibleTo(actor.audience).includes(account.audience))
    throw accessErrors.ACCOUNT_NOT_FOUND({ id })
  return account
}

/** @throws CodedError LAST_ADMINISTRATOR when no administrator could sign in without this account */
async function keepAnAdministrator({ accounts }: AccountDeps, id: string): Promise<void> {
  if (await isLastAdministrator(accounts, id)) throw accessErrors.LAST_ADMINISTRATOR()
}

/** Whether no administrator could sign in without this account; in a transaction that stays so until it ends. */
export async function isLastAdministrator(
  accounts: Pick<AccountStore, 'lockAdministrators'>,
  id: string,
): Promise<boolean> {
  const administrators = await accounts.lockAdministrators()
  return administrators.length === 1 && administrators[0] === id
}

/** What the audit log keeps of an account: no e-mail address. */
function auditedPart({ name, roles, audience, proficiency }: Account) {
  return { name, roles, audience, proficiency }
}
