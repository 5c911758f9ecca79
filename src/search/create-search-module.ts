import type { Labels } from '../labels/create-labels.ts'
import type { Module, Platform } from '../platform/platform.ts'
import type { Threads } from '../threads/create-threads.ts'
import { searchJobs } from './jobs.ts'
import { createSearch } from './search.ts'

export type SearchModule = ReturnType<typeof createSearchModule>

/** What people look for: the index of threads and articles, and near-duplicates of a question. */
export function createSearchModule(
  { config, db, log, jobs }: Platform,
  { threads, labels }: { readonly threads: Threads; readonly labels: Pick<Labels, 'threadLabels'> },
) {
  const search = createSearch(db, { home: config.home, log })
  const { threadLabels } = labels
  return {
    ...search,
    jobs: searchJobs({ db, jobs, search, threads, threadLabels }),
    async routes() {
      const { searchRoutes } = await import('./routes.ts')
      return [searchRoutes({ search })]
    },
  } satisfies Module & Record<string, unknown>
}
