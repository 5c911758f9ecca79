import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { idempotencyKeyErrors } from '../../platform/idempotency-key.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { ingestErrors } from '../errors.ts'
import { createSourceStore } from '../source-store.ts'
import type { ImportHistory, ImportRecord } from './import-history.ts'
import type { ImportQueue, NewWaitingImport, WaitingImport, WaitingRequest } from './import-queue.ts'

export const RUN_IMPORT = 'ingest.run-import'

export interface AcceptDeps {
  readonly db: Database
  readonly clock: Clock
  readonly audit: AuditLog
  readonly jobs: JobStore
  readonly queue: ImportQueue
}

/**
 * Queues the import of an upload that is on the disk: stores it, its audit record and the job that runs it. If the source
 * exists, the settings in the request are applied when the run begins.
 *
 * @returns the id of the import; an earlier one if its Idempotency-Key was used before for the same upload
 * @throws CodedError IMPORT_AUDIENCE_FORBIDDEN, IDEMPOTENCY_KEY_REUSED
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
    requireReadableAudiences(request, source.audience)
    if (!(await queue.add({ ...upload, sourceId: source.id }))) {
      const { idempotencyKey = '' } = upload
      const earlier = await queue.find((await queue.idByKey(request.actor, idempotencyKey))!)
      if (!isSameUpload(earlier!, upload)) throw idempotencyKeyErrors.IDEMPOTENCY_KEY_REUSED()
      return earlier!.id
    }
    await audit.record('threads.imported', request.actor, source.id, {
      after: { importId: id, ...auditable(request), files: upload.files },
    })
    await jobs.enqueue(runImportJob(id))
    return id
  })
}

/**
 * Refuses an import into a source, or for an audience, that the actor may not see. The answer is that to an import into a
 * new source: which names hidden sources have, and for whom they are, must not be told.
 *
 * @throws CodedError IMPORT_AUDIENCE_FORBIDDEN
 */
function requireReadableAudiences({ actor, audience: asked }: WaitingRequest, current: Audience): void {
  const seen = visibleTo(actor.audience)
  if (seen.includes(current) && seen.includes(asked ?? current)) return
  const audience = asked === undefined || seen.includes(asked) ? 'internal' : asked
  throw ingestErrors.IMPORT_AUDIENCE_FORBIDDEN({ audience })
}

/** Whether an upload asks for what an earlier one asked for, with the same files. */
function isSameUpload(
  earlier: Pick<WaitingImport, 'request' | 'files'>,
  { request, files }: Pick<NewWaitingImport, 'request' | 'files'>,
): boolean {
  const asStored = (value: object): object => JSON.parse(JSON.stringify(value))
  const isSameFile = (file: (typeof files)[number], at: number) => {
    const other = earlier.files[at]!
    return (
      other.name === file.name && other.bytes === file.bytes && (other.sha256 ?? file.sha256) === file.sha256
    )
  }
  const asked = (of: WaitingRequest): object => asStored({ ...of, actor: undefined })
  return (
    isDeepStrictEqual(asked(earlier.request), asked(request)) &&
    earlier.files.length === files.length &&
    files.every(isSameFile)
  )
}

/** The job that runs an import; at most one of them waits. */
export function runImportJob(importId: string, runAt?: Date) {
  return {
    type: RUN_IMPORT,
    payload: { importId },
    dedupeKey: `${RUN_IMPORT}:${importId}`,
    runAt,
  }
}

/** The request without its options, which may hold secrets. */
function auditable({ actor: _, options: __, ...request }: WaitingRequest & { actor: Actor }): object {
  return request
}

export interface CancelDeps {
  readonly db: Database
  readonly audit: AuditLog
  readonly queue: ImportQueue
  readonly history: ImportHistory
}

/**
 * Cancels an import: a waiting one at once, a running one at its next batch, whichever process runs it. What it committed
 * stays. Cancelling again changes nothing.
 *
 * @throws CodedError IMPORT_NOT_FOUND, IMPORT_ENDED
 */
export async function cancelImport(
  { db, audit, queue, history }: CancelDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ImportRecord> {
  return db.transaction(async () => {
    const before = await history.require(id, actor.audience)
    const status = before.status === 'interrupted' ? before.status : await queue.requestCancellation(id)
    const wasRequested = before.cancelRequestedAt !== undefined
    if (status !== 'queued' && status !== 'running' && !(wasRequested && status === 'cancelled'))
      throw ingestErrors.IMPORT_ENDED({ status })
    if (wasRequested) return history.require(id, actor.audience)
    await audit.record('import.cancelled', actor, id, { before: { status } })
    return history.require(id, actor.audience)
  })
}

/**
 * Resumes an upload or a crawl that was cancelled within the last day: it reads all of it again and writes what is not
 * stored yet.
 *
 * @throws CodedError IMPORT_NOT_FOUND, IMPORT_NOT_RESUMABLE
 */
export async function resumeImport(
  { db, audit, queue, history, jobs }: CancelDeps & Pick<AcceptDeps, 'jobs'>,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ImportRecord> {
  return db.transaction(async () => {
    const { status } = await history.require(id, actor.audience)
    if (!(await queue.resume(id))) throw ingestErrors.IMPORT_NOT_RESUMABLE({ status })
    await jobs.enqueue(runImportJob(id))
    await audit.record('import.resumed', actor, id, { before: { status } })
    return history.require(id, actor.audience)
  })
}
