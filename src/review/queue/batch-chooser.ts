import { createIdleWorker, workerFile } from '../../platform/workers.ts'

import type { BatchTask } from './batch-worker.ts'

/** A thread of its own for comparing thousands of texts. */
export interface BatchChooser {
  /** @returns positions in the shortlist, in the order in which to ask */
  choose(task: BatchTask): Promise<number[]>
  close(): Promise<void>
}

/** Agents come in bursts: a thread that waits costs some memory, starting one a fifth of a second. */
const IDLE_MS = 60_000
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 }

export function createBatchChooser(): BatchChooser {
  const file = workerFile(import.meta.url, './batch-worker')
  const { run, close } = createIdleWorker<BatchTask, number[]>(file, { idleMs: IDLE_MS, memory: MEMORY })
  return { choose: run, close }
}
