import { type Account, actorOf, checkedEmail } from '../accounts/account.ts'
import type { OidcIdentity } from '../accounts/account-store.ts'
import { type Role, system } from '../actor.ts'
import { accessErrors } from '../errors.ts'
import { type Origin, type SignIn, type SignInDeps, startSession } from '../sessions/sign-in.ts'
import type { GroupRoles } from './group-roles.ts'
import type { Claims } from './identity-provider.ts'

export interface OidcDeps extends SignInDeps {
  readonly groupRoles: GroupRoles
}

/**
 * Signs in whom the identity provider vouches for. The first time, the person is tied to the account with their
 * verified e-mail address, or gets one if their groups give roles. Where groups give roles, those of the account follow
 * them at each sign-in.
 *
 * @throws CodedError OIDC_NO_ROLE, OIDC_NO_ACCOUNT, OIDC_ACCOUNT_DISABLED, OIDC_EMAIL_UNVERIFIED, OIDC_EMAIL_TAKEN
 */
export async function signInByOidc(
  deps: OidcDeps,
  { issuer, claims, origin }: { readonly issuer: string; readonly claims: Claims; readonly origin: Origin },
): Promise<SignIn> {
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

/** The account with the person's e-mail address, theirs from now on; undefined where there is none. */
async function tieByEmail(
  { accounts, audit }: OidcDeps,
  identity: OidcIdentity,
  claims: Claims,
): Promise<Account | undefined> {
  const email = emailOf(claims)
  const account = email === undefined ? undefined : await accounts.findByEmail(email)
  if (account === undefined) return undefined
  if (claims.email_verified !== true) throw accessErrors.OIDC_EMAIL_UNVERIFIED()
  if (account.oidc) throw accessErrors.OIDC_EMAIL_TAKEN()
  await accounts.setIdentity(account.id, identity)
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
  const email = emailOf(claims)
  const name = nameOf(claims) ?? email ?? claims.sub
  const account = await accounts.insert({ name: name.slice(0, 100), email, roles, audience, identity })
  if (account === undefined) throw accessErrors.OIDC_EMAIL_TAKEN()
  await audit.record('account.created', actorOf(account), account.id, {
    after: { name: account.name, roles, audience, issuer: identity.issuer },
  })
  return account
}

async function followRoles(
  { accounts, audit }: OidcDeps,
  account: Account,
  roles: readonly Role[],
): Promise<void> {
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
