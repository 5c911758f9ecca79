import type { JobHandler } from '../platform/index.ts'
import type { ReviewDeps } from './deps.ts'
import { drawAuditSlice } from './draw-audit-slice.ts'
import { settleMisroutes } from './settle-misroutes.ts'

/** Keeps the review queue in step with triage and labels. */
export function reviewJobs(deps: ReviewDeps): JobHandler[] {
  return [
    {
      type: 'review.draw-audit-slice',
      on: ['threads.triaged'],
      perform: (payload) => drawAuditSlice(deps, (payload as { threadIds: string[] }).threadIds),
    },
    {
      type: 'review.settle-misroutes',
      on: ['label.corrected'],
      perform: (payload) => settleMisroutes(deps, (payload as { annotationId: string }).annotationId),
    },
  ]
}
