import type { Module, Platform } from '../platform/platform.ts'
import { bindUseCases } from '../platform/use-cases.ts'
import { createAuditLog } from './audit-log.ts'
import { createKeyResolver, createKeyStore, type KeyStore } from './key-store.ts'
import { createKey, replaceKey, revokeKey } from './manage-keys.ts'

export type Access = ReturnType<typeof createAccess>

/** Who may do what: API keys, and the audit log of every write. */
export function createAccess({ db, clock }: Platform) {
  const audit = createAuditLog(db, clock)
  const store = createKeyStore(db, clock)
  const resolver = createKeyResolver(db, store)
  const keys: Pick<KeyStore, 'find' | 'list'> = store
  const deps = { db, clock, audit, keys: store }
  return {
    audit,
    keys,
    resolveKey: resolver.resolve,
    ...bindUseCases(deps, { createKey, replaceKey, revokeKey }),
    jobs: [],
    async routes() {
      const { accessRoutes } = await import('./routes.ts')
      return [accessRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
