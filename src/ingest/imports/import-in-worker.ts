import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { IdentifierPattern } from '../../platform/config/identifier-patterns.ts'
import { CodedError } from '../../platform/errors.ts'
import { background, workerFile } from '../../platform/workers.ts'
import type { ImportRequest, ImportSummary, ImportWatcher } from './import-request.ts'
import type { DatabaseAddress, ImportMessage, ImportReply, ImportTask } from './import-worker.ts'

export interface ImportWorkerDeps {
  readonly address: DatabaseAddress
  /** How the company writes its customer and order numbers, for imports that redact. */
  readonly identifiers: readonly IdentifierPattern[]
  /** Called after each commit: events are waiting. */
  readonly wake: () => void
}

/** Enough for the longest record that a format reads; the limit makes the garbage collector run more often. */
const MEMORY = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 512 }

/**
 * Runs {@link importThreads} in a worker thread with its own database connection, in little memory, so that the process
 * can do other work. The database must be migrated. After `signal` is aborted the import ends at its next batch.
 *
 * @throws CodedError as importThreads does
 */
export async function importInWorker(
  { address: { home, databaseUrl }, identifiers, wake }: ImportWorkerDeps,
  { onProgress, onRejection, signal, ...request }: ImportRequest & Omit<ImportWatcher, 'batch'>,
): Promise<ImportSummary> {
  const filename = workerFile(import.meta.url, './import-worker')
  const pool = new Piscina({
    filename,
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: MEMORY,
    atomics: 'disabled',
    ...background,
  })
  const { port1: here, port2: there } = new MessageChannel()
  const stop = () => here.postMessage('stop')
  const allReported = new Promise<void>((resolve) => {
    here.on('message', (message: ImportMessage) => {
      if (message === 'done') resolve()
      else if ('rejection' in message) onRejection?.(message.rejection)
      else {
        wake()
        onProgress?.(message.progress)
      }
    })
  })
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  try {
    const address = { home, databaseUrl }
    const task: ImportTask = { address, identifiers, request, port: there }
    const reply: ImportReply = await pool.run(task, { transferList: [there] })
    // Messages travel apart from the result, and may arrive after it.
    await allReported
    if ('summary' in reply) return reply.summary
    const { code, status, message, details } = reply.error
    throw new CodedError(code, status, message, details)
  } finally {
    signal?.removeEventListener('abort', stop)
    here.close()
    await pool.destroy()
  }
}
