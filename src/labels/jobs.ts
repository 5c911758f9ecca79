import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { LabelDeps } from './deps.ts'
import { labelImportedThreads } from './label-imported-threads.ts'
import {
  carryOutRestoration,
  carryOutRevocation,
  RESTORE_JOB,
  REVOKE_JOB,
  type RevocationDeps,
} from './revocations/revoke-together.ts'

/** How long the batches of a running import gather before the tags of its source are counted again. */
const GATHERING_MS = 5_000

/**
 * Labels imported threads. Stated labels need no more than the batch; labels by tag need
 * all threads of the source, so the batches of a running import share one pass.
 */
export function labelJobs(deps: LabelDeps): JobHandler[] {
  const isLabelledByTags = async (sourceId: string) =>
    (await deps.sources.byId(sourceId))?.labelFrom === 'tags'
  return [
    on('threads.changed', {
      type: 'labels.label-threads',
      payload: ({ sourceId, threadIds }) => ({ sourceId, threadIds }),
      async perform({ sourceId, threadIds }, signal) {
        if (!(await isLabelledByTags(sourceId)))
          await labelImportedThreads(deps, { sourceId, threadIds, signal })
      },
    }),
    on('threads.changed', {
      type: 'labels.label-source',
      bulk: true,
      debounceMs: GATHERING_MS,
      payload: ({ sourceId }) => ({ sourceId }),
      async perform({ sourceId }, signal) {
        if (await isLabelledByTags(sourceId)) await labelImportedThreads(deps, { sourceId, signal })
      },
    }),
  ]
}

/** Revokes and restores annotations, as was asked. */
export function revocationJobs(deps: RevocationDeps): JobHandler[] {
  return [
    {
      type: REVOKE_JOB,
      bulk: true,
      perform: ({ id }: { readonly id: string }, signal) => carryOutRevocation(deps, id, signal),
    },
    {
      type: RESTORE_JOB,
      bulk: true,
      perform: ({ id }: { readonly id: string }, signal) => carryOutRestoration(deps, id, signal),
    },
  ]
}
