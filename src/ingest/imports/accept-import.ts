import type { Actor } from '../../access/actor.ts'
import { visibleTo } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { threadErrors } from '../errors.ts'
import { createSourceStore } from '../source-store.ts'
import type { ImportHistory, ImportRecord } from './import-history.ts'
import type { ImportQueue, NewWaitingImport, WaitingRequest } from './import-queue.ts'

export const RUN_IMPORT = 'threads.run-import'

export interface AcceptDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly jobs: JobStore
  readonly queue: ImportQueue
}

/**
 * Takes on the import of an upload that is on the disk: notes it, with its audit record, and the job that will run
 * it. What the request says of a source that exists already is changed when the run begins.
 *
 * @returns the id of the import: another than the given one where its Idempotency-Key was used before
 * @throws CodedError IMPORT_AUDIENCE_FORBIDDEN
 */
export async function acceptImport(
  deps: AcceptDeps,
  upload: Omit<NewWaitingImport, 'sourceId'>,
): Promise<string> {
  const { db, audit, jobs, queue } = deps
  const { id, request } = upload
  return db.transaction(async () => {
    const source = await createSourceStore(db, deps.clock).ensure({
      name: request.source,
      format: request.format,
      audience: request.audience ?? 'internal',
      labelFrom: request.labelFrom,
    })
    for (const audience of [source.audience, request.audience ?? source.audience])
      if (!visibleTo(request.actor.audience).includes(audience))
        throw threadErrors.IMPORT_AUDIENCE_FORBIDDEN({ audience })
    if (!(await queue.add({ ...upload, sourceId: source.id }))) {
      const { idempotencyKey = '' } = upload
      return (await queue.idByKey(request.actor, idempotencyKey))!
    }
    await audit.record('threads.changed', request.actor, source.id, {
      after: { importId: id, ...asked(request), files: upload.files },
    })
    await jobs.enqueue(runImportJob(id))
    return id
  })
}

/** The job that runs an import; of those that wait there is one at most. */
export function runImportJob(importId: string, runAt?: Date) {
  return {
    type: RUN_IMPORT,
    payload: { importId },
    dedupeKey: `${RUN_IMPORT}:${importId}`,
    runAt,
  }
}

/** Options may hold what is nobody else's business. */
function asked({ actor: _, options: __, ...request }: WaitingRequest & { actor: Actor }): object {
  return request
}

export interface CancelDeps {
  readonly db: Database
  readonly audit: AuditLog
  readonly queue: ImportQueue
  readonly history: ImportHistory
}

/**
 * Ends an import: at once where it waits, at its next batch where it runs, in whatever process; what it committed
 * stays. Asking again changes nothing.
 *
 * @throws CodedError IMPORT_NOT_FOUND, IMPORT_ENDED
 */
export async function cancelImport(
  { db, audit, queue, history }: CancelDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ImportRecord> {
  return db.transaction(async () => {
    const before = await history.require(id, actor.audience)
    const status = before.status === 'interrupted' ? before.status : await queue.askToEnd(id)
    const wasAsked = before.cancelRequestedAt !== undefined
    if (status !== 'queued' && status !== 'running' && !(wasAsked && status === 'cancelled'))
      throw threadErrors.IMPORT_ENDED({ status })
    if (wasAsked) return history.require(id, actor.audience)
    await audit.record('import.cancelled', actor, id, { before: { status } })
    return history.require(id, actor.audience)
  })
}
