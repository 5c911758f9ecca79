import type { ThreadsChanged } from '../ingest/events.ts'
import type { LabelCorrected, LabelsImported } from '../labels/events.ts'
import { CATEGORY } from '../labels/facet.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { JobHandler } from '../platform/jobs/job-runner.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import { linkNearDuplicates } from '../threads/link-near-duplicates.ts'
import { type IndexThreadsDeps, indexSource, indexThreads, refreshCategories } from './index-threads.ts'
import type { Search } from './search.ts'

export interface SearchJobDeps extends IndexThreadsDeps {
  readonly db: Database
  readonly search: Pick<Search, 'documents' | 'nearDuplicates'>
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
}

const LINK_NEAR_DUPLICATES = 'search.link-near-duplicates'
const REFRESH_CATEGORIES = 'search.refresh-categories'
/** How long the batches of a running import gather before all categories are looked through. */
const GATHERING_MS = 5_000

/** Keeps what is searched in step with threads and their categories. */
export function searchJobs(deps: SearchJobDeps): JobHandler[] {
  return [
    {
      type: 'search.index-imported',
      on: ['threads.changed'],
      async perform(payload, signal) {
        const { threadIds } = payload as unknown as ThreadsChanged
        await indexThreads(deps, threadIds, signal)
        // Of two threads that ask the same, the one that is indexed last finds the other.
        await deps.jobs.enqueue({ type: LINK_NEAR_DUPLICATES, payload: { threadIds } })
      },
    },
    {
      type: LINK_NEAR_DUPLICATES,
      async perform(payload, signal) {
        const { threadIds } = payload as { threadIds: string[] }
        for await (const { threadId, found } of deps.search.nearDuplicates(threadIds)) {
          signal.throwIfAborted()
          await linkNearDuplicates(deps.db, threadId, found)
        }
      },
    },
    {
      type: 'search.index-labelled',
      on: ['label.corrected'],
      async perform(payload, signal) {
        const { facet, threadId } = payload as unknown as LabelCorrected
        if (facet === CATEGORY) await indexThreads(deps, [threadId], signal)
      },
    },
    {
      type: 'search.gather-categories',
      on: ['labels.imported'],
      async perform(payload) {
        if ((payload as unknown as LabelsImported).facet !== CATEGORY) return
        await deps.jobs.enqueue({
          type: REFRESH_CATEGORIES,
          dedupeKey: REFRESH_CATEGORIES,
          runAt: new Date(deps.clock.now().getTime() + GATHERING_MS),
        })
      },
    },
    {
      type: REFRESH_CATEGORIES,
      perform: (_payload, signal) => refreshCategories(deps, signal),
    },
    {
      type: 'search.index-source',
      on: ['source.changed'],
      perform: (payload, signal) => indexSource(deps, (payload as { sourceId: string }).sourceId, signal),
    },
  ]
}
