import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { issueAdministratorLink } from './accounts/accept-link.ts'
import { type AccountStore, createAccountStore } from './accounts/account-store.ts'
import { createLinkStore, type IssuedLink } from './accounts/link-store.ts'
import {
  changeAccount,
  disableAccount,
  enableAccount,
  inviteAccount,
  issueResetLink,
} from './accounts/manage-accounts.ts'
import { passwords } from './accounts/passwords.ts'
import { createAuditLog } from './audit-log.ts'
import { createKeyResolver, createKeyStore, type KeyStore } from './key-store.ts'
import { createKey, replaceKey, revokeKey } from './manage-keys.ts'
import { ensureDemoAccounts } from './sessions/demo.ts'
import { createSessionResolver } from './sessions/session-resolver.ts'
import { createSessionStore } from './sessions/session-store.ts'
import { createSignInLimits } from './sessions/sign-in-limits.ts'

export type Access = ReturnType<typeof createAccess>

/** Who may do what: people and their sessions, API keys, and the audit log of every write. */
export function createAccess({ db, clock, config: { signIn: config, demo } }: Platform) {
  const audit = createAuditLog(db, clock)
  const keyStore = createKeyStore(db, clock)
  const accountStore = createAccountStore(db, clock)
  const sessions = createSessionStore(db, clock, config)
  const keys: Pick<KeyStore, 'find' | 'list'> = keyStore
  const accounts: Pick<AccountStore, 'find' | 'findByEmail' | 'list'> = accountStore
  const keyDeps = { db, clock, audit, keys: keyStore }
  const deps = {
    db,
    audit,
    accounts: accountStore,
    sessions,
    links: createLinkStore(db, clock),
    limits: createSignInLimits(db, clock),
    passwords,
    config,
    demo,
  }
  return {
    audit,
    keys,
    accounts,
    /** How the server knows who asks. */
    identification: {
      resolveKey: createKeyResolver(db, keyStore).resolve,
      resolveSession: createSessionResolver(db, clock, sessions, config).resolve,
      publicUrl: config.publicUrl,
    },
    /** A link as a browser opens it; `url` where no address of this service is configured. */
    addressOf: ({ link }: IssuedLink, url = 'http://127.0.0.1:8080') => `${config.publicUrl ?? url}${link}`,
    ...bindUseCases(keyDeps, { createKey, replaceKey, revokeKey }),
    ...bindUseCases(deps, {
      inviteAccount,
      changeAccount,
      disableAccount,
      enableAccount,
      issueResetLink,
      issueAdministratorLink,
      ensureDemoAccounts,
    }),
    jobs: [],
    async routes() {
      const [{ accessRoutes }, { signInRoutes }, { meRoutes }, { accountRoutes }] = await Promise.all([
        import('./routes.ts'),
        import('./sessions/routes.ts'),
        import('./me/routes.ts'),
        import('./accounts/routes.ts'),
      ])
      return [accessRoutes(keyDeps), signInRoutes(deps), meRoutes(deps), accountRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
