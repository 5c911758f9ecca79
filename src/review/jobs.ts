import type { JobHandler } from '../platform/jobs/job-runner.ts'
import { drawAuditSlice, snapshotAudited } from './audit/draw-audit-slice.ts'
import type { ReviewDeps } from './deps.ts'
import { resolveMisroutes } from './misroutes/report-misroute.ts'

/** Keeps the review queue in step with triage and labels. */
export function reviewJobs(deps: ReviewDeps): JobHandler[] {
  return [
    {
      type: 'review.draw-audit-slice',
      on: ['threads.triaged'],
      async perform(payload) {
        const { threadIds } = payload as { threadIds: string[] }
        await deps.db.transaction(async () => {
          await drawAuditSlice(deps, threadIds)
          await snapshotAudited(deps, threadIds)
        })
      },
    },
    {
      type: 'review.settle-misroutes',
      on: ['label.corrected'],
      perform: (payload) => resolveMisroutes(deps, (payload as { annotationId: string }).annotationId),
    },
  ]
}
