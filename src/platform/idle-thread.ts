import { Piscina } from 'piscina'

interface IdleThread<Task, Result> {
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

/**
 * One thread for work that comes in bursts: started by the first task, ended when none has come for a while.
 *
 * @param file as `workerFile` gives it
 */
export function createIdleThread<Task, Result>(
  file: string,
  options: {
    readonly idleMs: number
    readonly memory: { readonly maxYoungGenerationSizeMb: number; readonly maxOldGenerationSizeMb: number }
  },
): IdleThread<Task, Result> {
  let pool: Piscina<Task, Result> | undefined
  return {
    run(task) {
      pool ??= new Piscina({
        filename: file,
        minThreads: 0,
        maxThreads: 1,
        idleTimeout: options.idleMs,
        resourceLimits: options.memory,
        atomics: 'disabled',
      })
      return pool.run(task)
    },
    async close() {
      await pool?.destroy()
    },
  }
}
