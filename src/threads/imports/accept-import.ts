import { type Actor, type AuditLog, visibleTo } from '../../access/index.ts'
import type { Clock, Database, JobStore } from '../../platform/index.ts'
import { threadErrors } from '../errors.ts'
import { createSourceStore } from '../source-store.ts'
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
 * @throws CodedError IMPORT_AUDIENCE_TOO_CLOSE
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
      ...(request.labelFrom !== undefined && { labelFrom: request.labelFrom }),
    })
    for (const audience of [source.audience, request.audience ?? source.audience])
      if (!visibleTo(request.actor.audience).includes(audience))
        throw threadErrors.IMPORT_AUDIENCE_TOO_CLOSE({ audience })
    if (!(await queue.add({ ...upload, sourceId: source.id }))) {
      const { idempotencyKey = '' } = upload
      return (await queue.idByKey(request.actor, idempotencyKey))!
    }
    await audit.record('threads.imported', request.actor, source.id, {
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
    ...(runAt !== undefined && { runAt }),
  }
}

/** Options may hold what is nobody else's business. */
function asked({ actor: _, options: __, ...request }: WaitingRequest & { actor: Actor }): object {
  return request
}
