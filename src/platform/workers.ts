import { isMainThread, MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'

/**
 * Where a worker thread's compiled code is. Threads run JavaScript, so a module that still runs as TypeScript
 * (under the test runner) points its threads to the build beside `src`.
 *
 * @param from the caller's `import.meta.url`
 * @param name relative to it, without ending
 */
export function workerFile(from: string, name: string): string {
  const url = from.endsWith('.ts') ? from.replace('/src/', '/dist/') : from
  return new URL(`${name}.js`, url).href
}

/**
 * Enough for requests to go first. With 10, a training on a machine that has other work gets a tenth of a core and takes
 * ten times as long; with 5, a quarter.
 */
const NICE = 5

/**
 * For the pools of threads that work in the background: what answers requests goes first where both want a core. On
 * Linux alone, where a priority is a thread's; elsewhere it is the whole process's. A thread's own threads inherit it.
 */
export const background = {
  niceIncrement: process.platform === 'linux' && isMainThread ? NICE : 0,
} as const

interface IdleThread<Task, Result> {
  run(task: Task): Promise<Result>
  close(): Promise<void>
}

/**
 * One thread for work that comes in bursts: started by the first task, ended when none has come for a while.
 *
 * @param file as `workerFile` gives it
 */
export function createIdleWorker<Task, Result>(
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
        ...background,
      })
      return pool.run(task)
    },
    async close() {
      await pool?.destroy()
    },
  }
}

/** What a thread is sent on its port: some items in order, or the end of them. */
export type StreamedChunk<Item> = readonly Item[] | 'end'

interface ThreadWork<Task, Item> {
  /** As `workerFile` gives it. */
  readonly file: string
  /** What the thread is told at once; a port for the rest comes with it. */
  readonly task: Task
  readonly chunks: AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>
  /** Ends the thread; the promise rejects. */
  readonly signal: AbortSignal
  /** Hears what the thread says on the port. */
  readonly onMessage?: (message: unknown) => void
}

/**
 * Works in a thread of its own, which ends with the work. What is worked on streams to it as it is read, so that this
 * thread never holds or copies all of it at once.
 */
export async function streamToWorker<Task extends object, Item, Result>({
  file,
  task,
  chunks,
  signal,
  onMessage,
}: ThreadWork<Task, Item>): Promise<Result> {
  signal.throwIfAborted()
  const { port1, port2 } = new MessageChannel()
  if (onMessage) port1.on('message', onMessage)
  const pool = new Piscina<Task & { readonly port: MessagePort }, Result>({
    filename: file,
    maxThreads: 1,
    ...background,
  })
  try {
    const outcome = pool.run({ ...task, port: port2 }, { transferList: [port2], signal })
    outcome.catch(() => undefined) // Told below, also when it fails while chunks are still read.
    for await (const chunk of chunks) {
      signal.throwIfAborted()
      port1.postMessage(chunk satisfies StreamedChunk<Item>)
    }
    port1.postMessage('end' satisfies StreamedChunk<Item>)
    return await outcome
  } finally {
    port1.close()
    await pool.destroy()
  }
}
