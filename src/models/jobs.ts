import { system } from '../access/actor.ts'
import type { AnnotationsRevised, FacetSeeded, LabelCorrected } from '../labels/events.ts'
import { CodedError } from '../platform/errors.ts'
import type { JobHandler, JobLog } from '../platform/jobs/job-runner.ts'
import type { ModelDeps } from './deps.ts'
import { TRAIN, trainingJob } from './training/request-training.ts'
import { newAnnotations, trainFacet } from './training/train-facet.ts'

export interface ModelJobDeps extends ModelDeps {
  /** Agents' verdicts since the last training after which a facet is trained again. */
  readonly retrainAfter: number
  readonly log: JobLog
}

/** When to come back to a facet that is being trained, rather than hold a worker's place. */
const BUSY_MS = 2_000

/** Trains when enough was corrected, and when someone asked. */
export function modelJobs(deps: ModelJobDeps): JobHandler[] {
  return [
    {
      type: 'models.consider-training',
      on: ['label.corrected'],
      async perform(payload) {
        const { facet, facetId } = payload as unknown as LabelCorrected
        if ((await newAnnotations(deps, facetId)) >= deps.retrainAfter)
          await deps.jobs.enqueue(trainingJob(facet, { demanded: false }))
      },
    },
    {
      type: 'models.train-seeded',
      on: ['facet.seeded'],
      async perform(payload) {
        const { facet } = payload as unknown as FacetSeeded
        await deps.jobs.enqueue(trainingJob(facet, { demanded: true }))
      },
    },
    {
      type: 'models.train-revised',
      on: ['annotations.revised'],
      async perform(payload) {
        const { facet } = payload as unknown as AnnotationsRevised
        await deps.jobs.enqueue(trainingJob(facet, { demanded: true }))
      },
    },
    {
      type: TRAIN,
      async perform(payload, signal) {
        const { facet, demanded } = payload as { facet: string; demanded: boolean }
        try {
          const { number, reason } = await trainFacet(deps, {
            facet,
            actor: system,
            signal,
            wait: false,
            // Verdicts that came while it was trained asked again; that training may have counted them.
            annotationsNeeded: demanded ? 0 : deps.retrainAfter,
          })
          deps.log.info({ facet, version: number, reason }, 'model trained')
        } catch (error) {
          const code = error instanceof CodedError ? error.code : undefined
          if (code === 'TRAINING_IN_PROGRESS') {
            const runAt = new Date(deps.clock.now().getTime() + BUSY_MS)
            await deps.jobs.enqueue({ ...trainingJob(facet, { demanded }), runAt })
          } else if (code === 'TOO_FEW_LABELS' || code === 'TRAINING_NOT_DUE') {
            deps.log.info({ facet, reason: (error as CodedError).message }, 'training skipped')
          } else throw error
        }
      },
    },
  ]
}
