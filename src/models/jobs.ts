import { system } from '../access/actor.ts'
import { CodedError } from '../platform/errors.ts'
import { type JobHandler, on } from '../platform/jobs/job-handler.ts'
import type { JobLog } from '../platform/jobs/job-runner.ts'
import type { ModelDeps } from './deps.ts'
import { TRAIN, trainingJob } from './training/request-training.ts'
import { newAnnotations, trainFacet } from './training/train-facet.ts'

export interface ModelJobDeps extends ModelDeps {
  /** Agents' annotations since the last training after which a facet is trained again. */
  readonly retrainAfter: number
  readonly log: JobLog
}

/** When to come back to a facet that is being trained, rather than hold a worker's place. */
const BUSY_MS = 2_000

/** Trains when enough labels were corrected, and when someone asked for it. */
export function modelJobs(deps: ModelJobDeps): JobHandler[] {
  return [
    on('label.corrected', {
      type: 'models.consider-training',
      async perform({ facet, facetId }) {
        if ((await newAnnotations(deps, facetId)) >= deps.retrainAfter)
          await deps.jobs.enqueue(trainingJob(facet, { demanded: false }))
      },
    }),
    on(['facet.seeded', 'annotations.revised', 'costs.changed'], {
      type: 'models.demand-training',
      perform: ({ facet }) => deps.jobs.enqueue(trainingJob(facet, { demanded: true })),
    }),
    {
      type: TRAIN,
      bulk: true,
      long: 'always',
      async perform({ facet, demanded }: { readonly facet: string; readonly demanded: boolean }, signal) {
        try {
          const { number, reason } = await trainFacet(deps, {
            facet,
            actor: system,
            signal,
            wait: false,
            // Annotations that came during a training asked again; that training may have counted them.
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
