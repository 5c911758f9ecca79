import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import { drawAuditSlice, snapshotAudited } from './audit/draw-audit-slice.ts'
import type { ReviewDeps } from './deps.ts'
import { resolveMisroutes } from './misroutes/report-misroute.ts'

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
      perform: ({ annotationId }) => resolveMisroutes(deps, annotationId),
    }),
  ]
}
