import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { issueAdministratorLink } from './accounts/accept-link.ts'
import { type AccountStore, createAccountStore } from './accounts/account-store.ts'
import { createLinkStore, type IssuedLink } from './accounts/link-store.ts'
import { createMailer } from './accounts/mailer.ts'
import {
  changeAccount,
  disableAccount,
  enableAccount,
  inviteAccount,
  issueResetLink,
} from './accounts/manage-accounts.ts'
import { passwords } from './accounts/passwords.ts'
import { createAuditLog } from './audit-log.ts'
import { accessJobs } from './jobs.ts'
import { createKeyResolver, createKeyStore, type KeyStore } from './key-store.ts'
import { createKey, replaceKey, revokeKey } from './manage-keys.ts'
import { readGroupRoles } from './oidc/group-roles.ts'
import { createIdentityProvider } from './oidc/identity-provider.ts'
import { endDemoSessions, ensureDemoAccounts } from './sessions/demo.ts'
import { createSessionResolver } from './sessions/session-resolver.ts'
import { createSessionStore } from './sessions/session-store.ts'
import { endSession, signIn } from './sessions/sign-in.ts'
import { createSignInLimits } from './sessions/sign-in-limits.ts'

export type Access = ReturnType<typeof createAccess>

/** Who may do what: people and their sessions, API keys, and the audit log of every write. */
export function createAccess({ db, clock, jobs, config: { signIn: config, demo, host, port } }: Platform) {
  const own = `http://${host}:${port}`
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
    limits: createSignInLimits({ db, clock, audit, accounts: accountStore }),
    passwords,
    jobs,
    sendMail: config.mail && createMailer(config.mail),
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
    addressOf: ({ link }: IssuedLink, url?: string) => `${config.publicUrl ?? url ?? own}${link}`,
    ...bindUseCases(keyDeps, { createKey, replaceKey, revokeKey }),
    ...bindUseCases(deps, {
      inviteAccount,
      changeAccount,
      disableAccount,
      enableAccount,
      issueResetLink,
      issueAdministratorLink,
      ensureDemoAccounts,
      endDemoSessions,
      signIn,
      endSession,
    }),
    jobs: accessJobs({ ...deps, clock, publicUrl: config.publicUrl }),
    async routes() {
      const [{ accessRoutes }, { signInRoutes }, { oidcRoutes }, { meRoutes }, { accountRoutes }] =
        await Promise.all([
          import('./routes.ts'),
          import('./sessions/routes.ts'),
          import('./oidc/routes.ts'),
          import('./me/routes.ts'),
          import('./accounts/routes.ts'),
        ])
      const oidc = config.oidc && {
        provider: createIdentityProvider(config.oidc),
        groupRoles: readGroupRoles(config.oidc),
      }
      return [
        accessRoutes(keyDeps),
        signInRoutes(deps),
        oidcRoutes({ ...deps, oidc }),
        meRoutes(deps),
        accountRoutes(deps),
      ]
    },
  } satisfies Module & Record<string, unknown>
}
