import type { AnnotationsRevised, LabelCorrected, LabelsImported } from '../../labels/events.ts'
import type { ModelTrained } from '../../models/events.ts'
import type { JobHandler, JobLog } from '../../platform/jobs/job-runner.ts'
import { askSecondOpinion, type SecondOpinionDeps } from '../audit/second-opinions.ts'
import type { ConflictDeps } from './conflict-deps.ts'
import { findConflicts, recomputeAround, sweepConflicts } from './find-conflicts.ts'

/** How long the batches of an import or a revocation gather before conflicts are looked through. */
const GATHERING_MS = 30_000
/** A facet is searched for wrong labels at most so often: it costs five trainings. */
const SEARCH_EVERY_MS = 3_600_000

const SEARCH = 'review.find-conflicts'
const SWEEP = 'review.sweep-conflicts'

export type ConflictJobDeps = ConflictDeps & SecondOpinionDeps & { readonly log: JobLog }

/** Keeps the conflict inbox in step with annotations and trainings, and asks for second opinions. */
export function conflictJobs(deps: ConflictJobDeps): JobHandler[] {
  const later = (ms: number) => new Date(deps.clock.now().getTime() + ms)
  return [
    {
      type: 'review.settle-conflicts',
      on: ['label.corrected'],
      async perform(payload) {
        const { facetId, threadId } = payload as unknown as LabelCorrected
        await recomputeAround(deps, facetId, threadId)
      },
    },
    {
      type: 'review.ask-second-opinion',
      on: ['label.corrected'],
      perform: (payload) => askSecondOpinion(deps, (payload as unknown as LabelCorrected).annotationId),
    },
    {
      type: 'review.gather-conflicts',
      on: ['labels.imported', 'annotations.revised'],
      async perform(payload) {
        const { facetId } = payload as unknown as LabelsImported | AnnotationsRevised
        await deps.jobs.enqueue({
          type: SWEEP,
          payload: { facetId },
          dedupeKey: `${SWEEP}:${facetId}`,
          runAt: later(GATHERING_MS),
        })
      },
    },
    {
      type: SWEEP,
      perform: (payload, signal) =>
        sweepConflicts(deps, { facetId: (payload as { facetId: string }).facetId, signal }),
    },
    {
      type: 'review.consider-search',
      on: ['model.trained'],
      async perform(payload) {
        const { facet, facetId } = payload as unknown as ModelTrained
        const last = await deps.labelIssues.searchedAt(facetId)
        const due = last === undefined ? deps.clock.now() : new Date(last.getTime() + SEARCH_EVERY_MS)
        await deps.jobs.enqueue({
          type: SEARCH,
          payload: { facet },
          dedupeKey: `${SEARCH}:${facetId}`,
          runAt: due,
        })
      },
    },
    {
      type: SEARCH,
      async perform(payload, signal) {
        const { facet } = payload as { facet: string }
        const summary = await findConflicts(deps, { facet, signal })
        deps.log.info(summary, 'label issues detected')
      },
    },
  ]
}
