import type { MessagePort } from 'node:worker_threads'
import { createAuditLog } from '../../access/audit-log.ts'
import { systemClock } from '../../platform/clock.ts'
import type { IdentifierPattern } from '../../platform/config/identifier-patterns.ts'
import { openDatabase } from '../../platform/database/open.ts'
import { CodedError } from '../../platform/errors.ts'
import { createOutbox } from '../../platform/jobs/events.ts'
import type { Rejection } from '../rows/batch.ts'
import type { ImportProgress, ImportRequest, ImportSummary } from './import-request.ts'
import { importThreads } from './import-threads.ts'

/** Where the database is; the worker opens its own connection. */
export interface DatabaseAddress {
  readonly home: string
  readonly databaseUrl?: string
}

export interface ImportTask {
  readonly address: DatabaseAddress
  readonly identifiers: readonly IdentifierPattern[]
  readonly request: ImportRequest
  /** Carries {@link ImportMessage}s out; any incoming message asks the worker to stop. */
  readonly port: MessagePort
}

export type ImportMessage =
  | { readonly progress: ImportProgress }
  | { readonly rejection: Rejection }
  /** Nothing follows. */
  | 'done'

/** The result, with errors as plain objects: classes do not survive the transfer between threads. */
export type ImportReply =
  | { readonly summary: ImportSummary }
  | { readonly error: Pick<CodedError, 'code' | 'status' | 'message' | 'details'> }

/** The worker's entry point; see `importInWorker` in import-in-worker.ts. */
export default async function importInWorker({
  address,
  identifiers,
  request,
  port,
}: ImportTask): Promise<ImportReply> {
  const stop = new AbortController()
  const send = (message: ImportMessage) => port.postMessage(message)
  port.on('message', () => stop.abort())
  const db = openDatabase(address)
  try {
    const clock = systemClock
    // Listeners run in the main thread and are woken there.
    const outbox = createOutbox(db, clock, () => undefined)
    const summary = await importThreads(
      { db, clock, audit: createAuditLog(db, clock), outbox, identifiers },
      {
        ...request,
        signal: stop.signal,
        onProgress: (progress) => send({ progress }),
        onRejection: (rejection) => send({ rejection }),
      },
    )
    return { summary }
  } catch (fault) {
    if (!(fault instanceof CodedError)) throw fault
    const { code, status, message, details } = fault
    return { error: { code, status, message, details } }
  } finally {
    await db.close()
    send('done')
    port.close()
  }
}
