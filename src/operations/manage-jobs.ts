import type { Actor } from '../access/actor.ts'
import type { OperationsDeps } from './deps.ts'

/** Failed jobs that one request retries at most. */
const MOST_RETRIED = 1_000

type Deps = Pick<OperationsDeps, 'db' | 'audit' | 'jobs'>

/**
 * Lets a failed job run again.
 *
 * @throws CodedError JOB_NOT_FOUND
 */
export async function retryJob(
  { db, audit, jobs }: Deps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    await jobs.retry(id)
    await audit.record('job.retried', actor, id)
  })
}

/** Lets failed jobs run again: all of a type, or all, up to 1,000. @returns how many */
export async function retryJobs(
  { db, audit, jobs }: Deps,
  { type, actor }: { readonly type?: string; readonly actor: Actor },
): Promise<number> {
  return db.transaction(async () => {
    const { items } = await jobs.list({ state: 'failed', type, limit: MOST_RETRIED })
    for (const { id } of items) await jobs.retry(id)
    if (items.length > 0)
      await audit.record('jobs.retried', actor, type ?? 'all', { after: { retried: items.length } })
    return items.length
  })
}

/**
 * Deletes a failed job, which is then never done.
 *
 * @throws CodedError JOB_NOT_FOUND
 */
export async function discardJob(
  { db, audit, jobs }: Deps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    await jobs.discard(id)
    await audit.record('job.discarded', actor, id)
  })
}
