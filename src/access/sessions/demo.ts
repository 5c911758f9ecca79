import type { AccountStore } from '../accounts/account-store.ts'
import type { Role } from '../actor.ts'
import { accessErrors } from '../errors.ts'
import { type Origin, type SignIn, type SignInDeps, startSession } from './sign-in.ts'

/** Roles that people have in the demo; routers are machines. */
export const DEMO_ROLES: readonly Role[] = ['agent', 'knowledge-manager', 'supervisor', 'admin']

/** The address of the demo's account of a role; no mail is ever sent to `.example`. */
function demoEmail(role: Role): string {
  return `${role}@demo.example`
}

/** Makes the demo's accounts, unless they are there. Nobody has a password for them. */
export async function ensureDemoAccounts({ accounts }: { readonly accounts: AccountStore }): Promise<void> {
  for (const role of DEMO_ROLES) {
    const account = {
      name: `Demo ${role}`,
      email: demoEmail(role),
      roles: [role],
      audience: 'internal',
    } as const
    await accounts.insert(account)
  }
}

/** Signs in as the demo's account of a role. @throws CodedError DEMO_ONLY */
export async function signInToDemo(
  deps: SignInDeps,
  { role, origin }: { readonly role: Role; readonly origin: Origin },
): Promise<SignIn> {
  const account = await deps.accounts.findByEmail(demoEmail(role))
  const signedIn = account && (await startSession(deps, account, 'demo', origin))
  if (signedIn === undefined) throw accessErrors.DEMO_ONLY()
  return signedIn
}
