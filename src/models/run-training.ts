import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { TrainingProgress } from '../learning/index.ts'
import { workerFile } from '../platform/index.ts'
import type { FitOptions, FitOutcome } from './fit-candidate.ts'
import type { TrainingMessage, TrainingTask } from './training-thread.ts'

/**
 * Trains in a thread of its own, which ends with the training. The examples stream to it as they are read, so that
 * this thread never holds or copies all of them at once.
 *
 * @param signal ends the thread; the promise rejects
 */
export async function runTraining(
  { onProgress, ...options }: FitOptions,
  examples: AsyncIterable<TrainingMessage>,
  signal: AbortSignal,
): Promise<FitOutcome> {
  signal.throwIfAborted()
  const { port1, port2 } = new MessageChannel()
  if (onProgress) port1.on('message', (progress: TrainingProgress) => onProgress(progress))
  const pool = new Piscina<TrainingTask, FitOutcome>({
    filename: workerFile(import.meta.url, './training-thread'),
    maxThreads: 1,
  })
  try {
    const outcome = pool.run({ ...options, port: port2 }, { transferList: [port2], signal })
    outcome.catch(() => undefined) // Told below, also when it fails while examples are still read.
    for await (const chunk of examples) {
      signal.throwIfAborted()
      port1.postMessage(chunk)
    }
    port1.postMessage('end' satisfies TrainingMessage)
    return await outcome
  } finally {
    port1.close()
    await pool.destroy()
  }
}
