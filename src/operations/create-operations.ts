import type { Access } from '../access/create-access.ts'
import type { Migration } from '../platform/database/migrate.ts'
import type { Module, Platform } from '../platform/platform.ts'
import type { SearchModule } from '../search/create-search-module.ts'

/** What those who run the service look at: jobs that failed, versions, queues. */
export function createOperations(
  { config, db, clock, jobs }: Platform,
  {
    access,
    search,
    migrations,
    bulkTypes,
  }: {
    readonly access: Pick<Access, 'audit'>
    readonly search: Pick<SearchModule, 'freshness'>
    readonly migrations: readonly Migration[]
    readonly bulkTypes: () => readonly string[]
  },
) {
  const deps = {
    db,
    clock,
    jobs,
    search,
    bulkTypes,
    audit: access.audit,
    identifiers: config.identifiers,
    migrations: migrations.map(({ name }) => name),
  }
  return {
    jobs: [],
    async routes() {
      const { operationsRoutes } = await import('./routes.ts')
      return [operationsRoutes(deps)]
    },
  } satisfies Module & Record<string, unknown>
}
