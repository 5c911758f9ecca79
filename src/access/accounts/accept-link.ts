import { accessErrors } from '../errors.ts'
import {
  type Origin,
  requirePasswordSignIn,
  type SignIn,
  type SignInDeps,
  startSession,
} from '../sessions/sign-in.ts'
import { type Account, actorOf, checkedEmail, checkedName } from './account.ts'
import type { IssuedLink, Link, LinkPurpose, LinkStore } from './link-store.ts'
import { checkPassword } from './passwords.ts'

export interface LinkDeps extends SignInDeps {
  readonly links: LinkStore
}

export interface AcceptedLink {
  readonly token: string
  readonly password: string
  /** What the person would rather be called; the first administrator has to say. */
  readonly name?: string
  /** Only of the first administrator, who has no account yet. */
  readonly email?: string
  readonly origin: Origin
}

/**
 * Sets the password of whoever has the link, signs them in, and makes the link invalid. Their other sessions end.
 *
 * @throws CodedError LINK_INVALID, LINK_EMAIL_REQUIRED, PASSWORD_…, ACCOUNT_NAME_INVALID, ACCOUNT_EMAIL_INVALID,
 * ACCOUNT_EXISTS, PASSWORD_SIGN_IN_OFF
 */
export async function acceptLink(deps: LinkDeps, input: AcceptedLink): Promise<SignIn> {
  const { db, links, passwords } = deps
  requirePasswordSignIn(deps.config)
  const { link, account } = await requireLink(deps, input.token)
  const name = input.name === undefined ? account?.name : checkedName(input.name)
  const email =
    link.purpose === 'administrator' && input.email !== undefined ? checkedEmail(input.email) : account?.email
  checkPassword(input.password, [name, account?.name, email])
  // Before the transaction, for it takes a tenth of a second.
  const passwordHash = await passwords.hash(input.password)
  return db.transaction(async () => {
    if (!(await links.use(link))) throw accessErrors.LINK_INVALID()
    const signedIn =
      account === undefined
        ? await createAdministrator(deps, { name, email, passwordHash })
        : await setPassword(deps, account, { name, passwordHash })
    await deps.audit.record(
      link.purpose === 'reset' ? 'account.password-reset' : 'account.accepted',
      { ...actorOf(signedIn), requestId: input.origin.requestId },
      signedIn.id,
    )
    const started = await startSession(deps, signedIn, 'link', input.origin)
    if (started === undefined) throw accessErrors.LINK_INVALID()
    return started
  })
}

/** What a link is for, so that a page can say so before it is used. @throws CodedError LINK_INVALID */
export async function describeLink(
  deps: LinkDeps,
  token: string,
): Promise<{ readonly purpose: LinkPurpose } & Partial<Pick<Account, 'name' | 'email' | 'language'>>> {
  const { link, account } = await requireLink(deps, token)
  return { purpose: link.purpose, name: account?.name, email: account?.email, language: account?.language }
}

async function requireLink(
  { links, accounts }: LinkDeps,
  token: string,
): Promise<{ readonly link: Link; readonly account?: Account }> {
  const link = await links.find(token)
  if (link === undefined) throw accessErrors.LINK_INVALID()
  if (link.accountId === undefined) {
    if ((await accounts.lockAdministrators()).length > 0) throw accessErrors.LINK_INVALID()
    return { link }
  }
  const account = await accounts.find(link.accountId)
  if (account === undefined || account.status === 'disabled') throw accessErrors.LINK_INVALID()
  return { link, account }
}

async function createAdministrator(
  { accounts }: LinkDeps,
  { name, email, passwordHash }: { name?: string; email?: string; passwordHash: string },
): Promise<Account> {
  if (name === undefined || email === undefined) throw accessErrors.LINK_EMAIL_REQUIRED()
  if ((await accounts.lockAdministrators()).length > 0) throw accessErrors.LINK_INVALID()
  const account = await accounts.insert({ name, email, roles: ['admin'], audience: 'internal', passwordHash })
  if (account === undefined) throw accessErrors.ACCOUNT_EXISTS()
  return account
}

async function setPassword(
  { accounts, sessions }: LinkDeps,
  account: Account,
  { name = account.name, passwordHash }: { name?: string; passwordHash: string },
): Promise<Account> {
  await accounts.setPasswordHash(account.id, passwordHash)
  if (name !== account.name) await accounts.change(account.id, { name })
  await sessions.endAll(account.id)
  return (await accounts.find(account.id)) ?? account
}

/**
 * A link that creates the first administrator; undefined where there is one already. Each call makes one of its own,
 * for several processes may start at once, and all are invalid as soon as one was used.
 */
export async function issueAdministratorLink({
  accounts,
  links,
  config,
}: Pick<LinkDeps, 'accounts' | 'links' | 'config'>): Promise<IssuedLink | undefined> {
  if (!config.password || (await accounts.lockAdministrators()).length > 0) return undefined
  return links.issue('administrator')
}
