import type { Actor } from '../../access/actor.ts'
import type { TrainingProgress } from '../../learning/training/train-classifier.ts'
import type { NewJob } from '../../platform/jobs/job-store.ts'
import { streamToWorker, workerFile } from '../../platform/workers.ts'
import type { ModelDeps } from '../deps.ts'
import type { FitOptions, FitOutcome } from './fit-candidate.ts'
import type { TrainingExample, UnlabelledText } from './training-example.ts'
import type { TrainingTask } from './training-worker.ts'

/** The type of the job that trains a facet. */
export const TRAIN = 'models.train'

/** The job that trains a facet: on demand, or when enough annotations are new. */
export function trainingJob(facet: string, { demanded }: { readonly demanded: boolean }): NewJob {
  const dedupeKey = demanded ? `train:${facet}:demanded` : `train:${facet}`
  return { type: TRAIN, payload: { facet, demanded }, dedupeKey }
}

/** Has a facet trained by the next free worker. While such a job waits, asking again adds none. */
export async function requestTraining(
  deps: Pick<ModelDeps, 'db' | 'facets' | 'jobs' | 'audit'>,
  { facet: name, actor }: { readonly facet: string; readonly actor: Actor },
): Promise<void> {
  const facet = await deps.facets.require(name)
  await deps.db.transaction(async () => {
    await deps.jobs.enqueue(trainingJob(facet.name, { demanded: true }))
    await deps.audit.record('model.training-requested', actor, facet.id, { after: { facet: facet.name } })
  })
}

/**
 * Trains in a worker, which ends with the training.
 *
 * @param signal ends the worker; the promise rejects
 */
export function runTraining(
  { onProgress, ...task }: Omit<TrainingTask, 'port'> & Pick<FitOptions, 'onProgress'>,
  chunks: AsyncIterable<readonly (TrainingExample | UnlabelledText)[]>,
  signal: AbortSignal,
): Promise<FitOutcome> {
  return streamToWorker<Omit<TrainingTask, 'port'>, TrainingExample | UnlabelledText, FitOutcome>({
    file: workerFile(import.meta.url, './training-worker'),
    task,
    chunks,
    signal,
    ...(onProgress && { onMessage: (progress) => onProgress(progress as TrainingProgress) }),
  })
}
