import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'

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
export async function streamToThread<Task extends object, Item, Result>({
  file,
  task,
  chunks,
  signal,
  onMessage,
}: ThreadWork<Task, Item>): Promise<Result> {
  signal.throwIfAborted()
  const { port1, port2 } = new MessageChannel()
  if (onMessage) port1.on('message', onMessage)
  const pool = new Piscina<Task & { readonly port: MessagePort }, Result>({ filename: file, maxThreads: 1 })
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
