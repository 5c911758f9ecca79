import { CodedError } from '../../platform/errors.ts'
import type { LinkDeps } from '../accounts/accept-link.ts'
import { type Account, actorOf, checkedEmail } from '../accounts/account.ts'
import type { OidcIdentity } from '../accounts/account-store.ts'
import { isLastAdministrator } from '../accounts/manage-accounts.ts'
import { anonymous, ROLES, type Role, system } from '../actor.ts'
import { accessErrors } from '../errors.ts'
import { type Origin, type SignIn, startSession } from '../sessions/sign-in.ts'
import type { GroupRoles } from './group-roles.ts'
import type { Claims } from './identity-provider.ts'

export interface OidcDeps extends LinkDeps {
  readonly groupRoles: GroupRoles
}

interface Arrival {
  readonly issuer: string
  readonly claims: Claims
  readonly origin: Origin
}

/**
 * Signs in whom the identity provider vouches for. The first time, the person is tied to the account with their
 * verified e-mail address, or gets one if their groups give roles. Where groups give roles, those of the account follow
 * them at each sign-in; but the last administrator remains one.
 *
 * @throws CodedError OIDC_NO_ROLE, OIDC_NO_ACCOUNT, OIDC_ACCOUNT_DISABLED, OIDC_EMAIL_UNVERIFIED, OIDC_EMAIL_TAKEN
 */
export async function signInByOidc(deps: OidcDeps, arrival: Arrival): Promise<SignIn> {
  try {
    return await enter(deps, arrival)
  } catch (error) {
    if (error instanceof CodedError) await auditRefusal(deps, arrival, error)
    throw error
  }
}

async function enter(deps: OidcDeps, { issuer, claims, origin }: Arrival): Promise<SignIn> {
  const { db, accounts, sessions, groupRoles } = deps
  const identity = { issuer, subject: claims.sub }
  const roles = groupRoles.rolesOf(claims)
  if (roles?.length === 0) {
    // Who has left all groups is not to go on in another browser.
    const former = await accounts.findByIdentity(identity)
    if (former !== undefined) await sessions.endAll(former.id)
    throw accessErrors.OIDC_NO_ROLE()
  }
  return db.transaction(async () => {
    const known =
      (await accounts.findByIdentity(identity)) ??
      (await tieByEmail(deps, identity, claims)) ??
      (await createAccount(deps, identity, claims, roles))
    if (known.status !== 'disabled' && roles !== undefined) await followRoles(deps, known, roles)
    const signedIn = await startSession(deps, known, 'oidc', origin)
    if (signedIn === undefined) throw accessErrors.OIDC_ACCOUNT_DISABLED()
    return signedIn
  })
}

async function auditRefusal(
  { accounts, audit }: OidcDeps,
  { issuer, claims, origin }: Arrival,
  { code }: CodedError,
): Promise<void> {
  const account = await accounts.findByIdentity({ issuer, subject: claims.sub })
  const actor = { ...anonymous, requestId: origin.requestId }
  await audit.record('session.refused', actor, account?.id ?? 'unknown', {
    after: { way: 'oidc', address: origin.address, code },
  })
}

/** The account with the person's e-mail address, theirs from now on; undefined where there is none. */
async function tieByEmail(
  { accounts, links, audit }: OidcDeps,
  identity: OidcIdentity,
  claims: Claims,
): Promise<Account | undefined> {
  const email = emailOf(claims)
  const found = email === undefined ? undefined : await accounts.findByEmail(email)
  if (found === undefined) return undefined
  if (claims.email_verified !== true) throw accessErrors.OIDC_EMAIL_UNVERIFIED()
  // Two people with one address, or one person in two browsers, may arrive at once.
  const account = (await accounts.lock(found.id))?.account ?? found
  if (account.oidc) {
    const known = await accounts.findByIdentity(identity)
    if (known?.id !== account.id) throw accessErrors.OIDC_EMAIL_TAKEN()
    return known
  }
  await accounts.setIdentity(account.id, identity)
  // Whoever has a link to set a password would come in beside the identity provider.
  await links.removeOf(account.id)
  await audit.record('account.identified', actorOf(account), account.id, {
    after: { issuer: identity.issuer },
  })
  return (await accounts.find(account.id)) ?? account
}

async function createAccount(
  { accounts, audit, groupRoles: { audience } }: OidcDeps,
  identity: OidcIdentity,
  claims: Claims,
  roles: readonly Role[] | undefined,
): Promise<Account> {
  if (roles === undefined) throw accessErrors.OIDC_NO_ACCOUNT()
  // An address that is not verified may be anybody's, and mail with a link would go there.
  const email = claims.email_verified === true ? emailOf(claims) : undefined
  const name = nameOf(claims) ?? email ?? claims.sub
  const account = await accounts.insert({ name: name.slice(0, 100), email, roles, audience, identity })
  if (account === undefined) {
    const sameInAnotherBrowser = await accounts.findByIdentity(identity)
    if (sameInAnotherBrowser === undefined) throw accessErrors.OIDC_EMAIL_TAKEN()
    return sameInAnotherBrowser
  }
  await audit.record('account.created', actorOf(account), account.id, {
    after: { name: account.name, roles, audience, issuer: identity.issuer },
  })
  return account
}

async function followRoles(
  { accounts, audit }: OidcDeps,
  account: Account,
  ofGroups: readonly Role[],
): Promise<void> {
  const remainsAdministrator =
    !ofGroups.includes('admin') &&
    account.roles.includes('admin') &&
    (await isLastAdministrator(accounts, account.id))
  const roles = ROLES.filter((role) => ofGroups.includes(role) || (role === 'admin' && remainsAdministrator))
  if (roles.join() === account.roles.join()) return
  await accounts.change(account.id, { roles })
  await audit.record('account.changed', system, account.id, {
    before: { roles: account.roles },
    after: { roles },
  })
}

function emailOf({ email }: Claims): string | undefined {
  try {
    return typeof email === 'string' ? checkedEmail(email) : undefined
  } catch {
    return undefined
  }
}

function nameOf({ name, preferred_username: username }: Claims): string | undefined {
  return [name, username]
    .filter((each) => typeof each === 'string')
    .map((each) => each.replaceAll(/\p{Cc}/gu, ' ').trim())
    .find((each) => each !== '')
}
