import type { Database } from '../database/database.ts'

export interface Job {
  readonly id: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
  /** How often it has been started, this time included. */
  readonly attempts: number
  /** Whether it was caused by bulk work. */
  readonly bulk: boolean
}

export interface JobRow {
  id: string
  type: string
  payload: string
  status: 'queued' | 'running' | 'dead'
  dedupe_key: string | null
  run_at: string
  attempts: number
  worker: string | null
  leased_until: string | null
  error: string | null
  created_at: string
  bulk: boolean | number
}

export function present(row: JobRow): Job {
  const { id, type, attempts } = row
  return { id, type, payload: JSON.parse(row.payload), attempts, bulk: Boolean(row.bulk) }
}

type Mine = ReturnType<ReturnType<typeof jobRows>>

/** The jobs table. */
export function jobRows(db: Database) {
  return () => db.sql<JobRow>('jobs')
}

/** Back to the queue; a job whose key another one has taken meanwhile is the same work and goes. */
export async function requeue(
  db: Database,
  mine: Mine,
  runAt: string,
  error: string | null,
): Promise<number> {
  const jobs = jobRows(db)
  const row = await mine.clone().first()
  if (row === undefined) return 0
  if (row.dedupe_key !== null) {
    const twin = await jobs().where({ dedupe_key: row.dedupe_key, status: 'queued' }).first()
    if (twin !== undefined) {
      if (!row.bulk) await jobs().where({ id: twin.id }).update({ bulk: false })
      return jobs().where({ id: row.id }).delete()
    }
  }
  return jobs()
    .where({ id: row.id })
    .update({ status: 'queued', worker: null, leased_until: null, run_at: runAt, error })
}
