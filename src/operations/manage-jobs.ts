import type { Actor } from '../access/actor.ts'
import type { AuditLog } from '../access/audit-log.ts'
import type { Database } from '../platform/database/database.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'

/** Failed jobs that one request retries at most. */
const MOST_RETRIED = 1_000

export interface ManageJobsDeps {
  readonly db: Database
  readonly audit: AuditLog
  readonly jobs: Pick<JobStore, 'retry' | 'retryAll' | 'discard'>
}

/**
 * Lets a failed job run again.
 *
 * @throws CodedError JOB_NOT_FOUND
 */
export async function retryJob(
  { db, audit, jobs }: ManageJobsDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    await jobs.retry(id)
    await audit.record('job.retried', actor, id)
  })
}

/** Lets failed jobs run again: all of a type, or all, up to 1,000. @returns how many */
export async function retryJobs(
  { db, audit, jobs }: ManageJobsDeps,
  { type, actor }: { readonly type?: string; readonly actor: Actor },
): Promise<number> {
  return db.transaction(async () => {
    const retried = await jobs.retryAll({ type, limit: MOST_RETRIED })
    if (retried > 0) await audit.record('jobs.retried', actor, type ?? 'all', { after: { retried } })
    return retried
  })
}

/**
 * Deletes a failed job, which is then never done.
 *
 * @throws CodedError JOB_NOT_FOUND
 */
export async function discardJob(
  { db, audit, jobs }: ManageJobsDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    await jobs.discard(id)
    await audit.record('job.discarded', actor, id)
  })
}
