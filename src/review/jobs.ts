import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import { drawAuditSlice, snapshotAudited } from './audit/draw-audit-slice.ts'
import type { ReviewDeps } from './deps.ts'
import { sweepMisroutes } from './misroutes/report-misroute.ts'

/** How long the chunks of a revocation gather. */
const GATHERING_MS = 5_000

/** Keeps the review queue in step with triage and labels. */
export function reviewJobs(deps: ReviewDeps): JobHandler[] {
  return [
    on('threads.triaged', {
      type: 'review.draw-audit-slice',
      perform: ({ threadIds }) =>
        deps.db.transaction(async () => {
          await drawAuditSlice(deps, threadIds)
          await snapshotAudited(deps, threadIds)
        }),
    }),
    on('label.corrected', {
      type: 'review.resolve-misroutes',
      perform: ({ threadId }) => deps.misroutes.recompute([threadId]),
    }),
    on('annotations.revised', {
      type: 'review.sweep-misroutes',
      debounceMs: GATHERING_MS,
      payload: ({ facetId }) => ({ facetId }),
      perform: ({ facetId }, signal) => sweepMisroutes(deps, facetId, signal),
    }),
  ]
}
