import { CATEGORY } from '../labels/facet.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import { linkNearDuplicates } from '../threads/link-near-duplicates.ts'
import { type IndexThreadsDeps, indexSource, indexThreads, refreshCategories } from './index-threads.ts'
import { forgetJob } from './log/search-recorder.ts'
import type { Search } from './search.ts'

export interface SearchJobDeps extends IndexThreadsDeps {
  readonly db: Database
  readonly clock: Clock
  readonly search: Pick<Search, 'documents' | 'nearDuplicates' | 'log'>
  readonly jobs: Pick<JobStore, 'enqueue'>
  /** Days that searches are kept. */
  readonly keptDays: number
}

/** What writes documents that can be found. */
export const INDEXING = {
  jobs: ['search.index-threads', 'search.index-protected', 'search.index-source'],
  events: ['threads.changed', 'threads.protected', 'source.changed'],
} as const

const LINK_NEAR_DUPLICATES = 'search.link-near-duplicates'
/** How long the batches of a running import gather before the categories of all threads are refreshed. */
const GATHERING_MS = 5_000

/** Keeps the index in step with threads and their categories. */
export function searchJobs(deps: SearchJobDeps): JobHandler[] {
  return [
    on('threads.changed', {
      type: 'search.index-threads',
      payload: ({ threadIds }) => ({ threadIds }),
      async perform({ threadIds }, signal) {
        await indexThreads(deps, threadIds, signal)
        // Of two threads that ask the same, the one that is indexed last finds the other.
        await deps.jobs.enqueue({ type: LINK_NEAR_DUPLICATES, payload: { threadIds } })
      },
    }),
    {
      type: LINK_NEAR_DUPLICATES,
      async perform({ threadIds }: { readonly threadIds: readonly string[] }, signal) {
        for await (const { threadId, found } of deps.search.nearDuplicates(threadIds)) {
          signal.throwIfAborted()
          await linkNearDuplicates(deps.db, threadId, found)
        }
      },
    },
    on('label.corrected', {
      type: 'search.index-labelled',
      payload: ({ facet, threadId }) => (facet === CATEGORY ? { threadId } : undefined),
      perform: ({ threadId }, signal) => indexThreads(deps, [threadId], signal),
    }),
    on('labels.imported', {
      type: 'search.refresh-categories',
      bulk: true,
      debounceMs: GATHERING_MS,
      payload: ({ facet }) => (facet === CATEGORY ? {} : undefined),
      perform: (_, signal) => refreshCategories(deps, signal),
    }),
    on('threads.protected', {
      type: 'search.index-protected',
      perform: ({ threadIds }, signal) => indexThreads(deps, threadIds, signal),
    }),
    on('source.changed', {
      type: 'search.index-source',
      bulk: true,
      perform: ({ sourceId }, signal) => indexSource(deps, sourceId, signal),
    }),
    forgetJob({ ...deps, store: deps.search.log }),
  ]
}
