import { CATEGORY, type LabelCorrected, type LabelsImported } from '../labels/index.ts'
import type { Clock, JobHandler, JobStore } from '../platform/index.ts'
import type { ThreadsImported } from '../threads/index.ts'
import { type IndexThreadsDeps, indexSource, indexThreads, refreshCategories } from './index-threads.ts'

export interface SearchJobDeps extends IndexThreadsDeps {
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
}

const REFRESH_CATEGORIES = 'search.refresh-categories'
/** How long the batches of a running import gather before all categories are looked through. */
const GATHERING_MS = 5_000

/** Keeps what is searched in step with threads and their categories. */
export function searchJobs(deps: SearchJobDeps): JobHandler[] {
  return [
    {
      type: 'search.index-imported',
      on: ['threads.imported'],
      perform: (payload, signal) =>
        indexThreads(deps, (payload as unknown as ThreadsImported).threadIds, signal),
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
