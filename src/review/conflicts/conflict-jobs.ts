import { type JobHandler, on, singleJob } from '../../platform/jobs/job-handler.ts'
import type { JobLog } from '../../platform/jobs/job-runner.ts'
import { requestSecondOpinion, type SecondOpinionDeps } from '../audit/second-opinions.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { findConflicts, recomputeAround, sweepConflicts } from './find-conflicts.ts'

/** How long the batches of an import or a revocation gather before the facet's conflicts are recomputed. */
const GATHERING_MS = 30_000
/** The shortest time between two searches for label issues in a facet: each costs five trainings. */
const SEARCH_EVERY_MS = 3_600_000

const FIND_CONFLICTS = 'review.find-conflicts'

export type ConflictJobDeps = ConflictDeps & SecondOpinionDeps & { readonly log: JobLog }

/** Keeps the conflict inbox in step with annotations and trainings, and asks for second opinions. */
export function conflictJobs(deps: ConflictJobDeps): JobHandler[] {
  return [
    on('label.corrected', {
      type: 'review.recompute-conflicts',
      perform: ({ facetId, threadId }) => recomputeAround(deps, facetId, threadId),
    }),
    on('label.corrected', {
      type: 'review.ask-second-opinion',
      perform: ({ annotationId }) => requestSecondOpinion(deps, annotationId),
    }),
    on(['labels.imported', 'annotations.revised'], {
      type: 'review.sweep-conflicts',
      bulk: true,
      debounceMs: GATHERING_MS,
      payload: ({ facetId }) => ({ facetId }),
      perform: ({ facetId }, signal) => sweepConflicts(deps, { facetId, signal }),
    }),
    on('model.trained', {
      type: 'review.schedule-search',
      async perform({ facet, facetId }) {
        const last = await deps.labelIssues.searchedAt(facetId)
        const due = last === undefined ? deps.clock.now() : new Date(last.getTime() + SEARCH_EVERY_MS)
        await deps.jobs.enqueue(singleJob(FIND_CONFLICTS, { facet }, due))
      },
    }),
    {
      type: FIND_CONFLICTS,
      bulk: true,
      async perform({ facet }: { readonly facet: string }, signal) {
        const summary = await findConflicts(deps, { facet, signal })
        deps.log.info(summary, 'label issues detected')
      },
    },
  ]
}
