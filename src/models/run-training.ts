import type { TrainingProgress } from '../learning/index.ts'
import { streamToThread, workerFile } from '../platform/index.ts'
import type { FitOptions, FitOutcome } from './fit-candidate.ts'
import type { TrainingExample, UnlabelledText } from './training-example.ts'
import type { TrainingTask } from './training-thread.ts'

/**
 * Trains in a thread of its own, which ends with the training.
 *
 * @param signal ends the thread; the promise rejects
 */
export function runTraining(
  { onProgress, ...task }: Omit<FitOptions, 'unlabelled'>,
  chunks: AsyncIterable<readonly (TrainingExample | UnlabelledText)[]>,
  signal: AbortSignal,
): Promise<FitOutcome> {
  return streamToThread<Omit<TrainingTask, 'port'>, TrainingExample | UnlabelledText, FitOutcome>({
    ...{ file: workerFile(import.meta.url, './training-thread'), task, chunks, signal },
    ...(onProgress && { onMessage: (progress) => onProgress(progress as TrainingProgress) }),
  })
}
