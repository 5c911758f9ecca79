import type { Clock } from '../platform/clock.ts'
import type { JobHandler } from '../platform/jobs/job-runner.ts'
import type { LabelDeps } from './deps.ts'
import { labelImportedThreads } from './label-imported-threads.ts'

/** How long the batches of a running import gather before its tags are counted again. */
const GATHERING_MS = 5_000

const LABEL_SOURCE = 'labels.label-source'

/**
 * Labels what was imported. Stated labels need no more than the batch; labels by tag need all threads of the source,
 * so the batches of an import that runs share one pass.
 */
export function labelJobs(deps: LabelDeps & { readonly clock: Clock }): JobHandler[] {
  return [
    {
      type: 'labels.label-imported',
      on: ['threads.changed'],
      async perform(payload, signal) {
        const { sourceId, threadIds } = payload as { sourceId: string; threadIds: string[] }
        const source = await deps.sources.byId(sourceId)
        if (source?.labelFrom !== 'tags') {
          await labelImportedThreads(deps, { sourceId, threadIds, signal })
          return
        }
        await deps.jobs.enqueue({
          type: LABEL_SOURCE,
          payload: { sourceId },
          dedupeKey: `${LABEL_SOURCE}:${sourceId}`,
          runAt: new Date(deps.clock.now().getTime() + GATHERING_MS),
        })
      },
    },
    {
      type: LABEL_SOURCE,
      async perform(payload, signal) {
        const { sourceId } = payload as { sourceId: string }
        await labelImportedThreads(deps, { sourceId, signal })
      },
    },
  ]
}
