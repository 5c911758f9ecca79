import type { Actor, AuditLog } from '../../access/index.ts'
import type { Database } from '../../platform/index.ts'
import { threadErrors } from '../errors.ts'
import type { ImportHistory, ImportRecord } from './import-history.ts'
import type { ImportQueue } from './import-queue.ts'

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
