import { Piscina } from 'piscina'
import { workerFile } from '../platform/index.ts'
import type { BatchTask } from './batch-thread.ts'

/** A thread of its own for comparing thousands of texts. */
export interface BatchChooser {
  /** @returns positions in the shortlist, in the order in which to ask */
  choose(task: BatchTask): Promise<number[]>
  close(): Promise<void>
}

/** Agents come in bursts: a thread that waits costs some memory, starting one a fifth of a second. */
const IDLE_MS = 60_000
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 }

/** The thread itself is started by the first request. */
export function createBatchChooser(): BatchChooser {
  const filename = workerFile(import.meta.url, './batch-thread')
  let pool: Piscina<BatchTask, number[]> | undefined
  return {
    choose(task) {
      pool ??= new Piscina({
        filename,
        minThreads: 0,
        maxThreads: 1,
        idleTimeout: IDLE_MS,
        resourceLimits: MEMORY,
        atomics: 'disabled',
      })
      return pool.run(task)
    },
    async close() {
      await pool?.destroy()
    },
  }
}
