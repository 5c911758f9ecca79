import { createHash } from 'node:crypto'
import { type Clock, isoNow } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { newId } from '../ids.ts'
import { isBulk } from './bulk.ts'
import { createJobOverview } from './job-overview.ts'
import { type Job, type JobRow, jobRows, present, requeue } from './job-row.ts'

export interface NewJob {
  readonly type: string
  readonly payload?: Readonly<Record<string, unknown>>
  /** While a job with this key waits, another with the same key only brings its time forward. */
  readonly dedupeKey?: string
  readonly runAt?: Date
  /** Whether nobody waits for it; by default where the work in progress is bulk work. */
  readonly bulk?: boolean
}

/** Jobs for which somebody waits, those for which nobody does, or those of some types alone. */
export type Lane =
  | {
      readonly bulk: boolean
      /** Types whose jobs are bulk work whoever enqueued them. */
      readonly bulkTypes: readonly string[]
      /** Types that have a lane of their own. */
      readonly without: readonly string[]
    }
  | { readonly types: readonly string[] }

export type JobStore = ReturnType<typeof createJobStore>

/** Attempts before a job is put aside as dead. */
const MAX_ATTEMPTS = 8
const LONGEST_BACKOFF_MS = 600_000
/** By how much the clocks of several machines may differ. */
const CLOCK_SLACK_MS = 60_000
/** Characters of a dedupe key that is stored as it is. */
const LONGEST_KEY = 500
/** Jobs a statement. */
const ROWS = 100

/** The jobs table: what is to be done, who is doing it until when, and what could not be done. */
export function createJobStore(db: Database, clock: Clock, wake: () => void) {
  const jobs = jobRows(db)
  const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString()

  return {
    ...createJobOverview(db, clock, wake),

    /** Adds a job in the transaction in progress. */
    enqueue: (job: NewJob): Promise<void> => insert([job]),

    /** Adds jobs of which no two have the same dedupe key, in the transaction in progress. */
    async enqueueAll(given: readonly NewJob[]): Promise<void> {
      for (let from = 0; from < given.length; from += ROWS) await insert(given.slice(from, from + ROWS))
    },

    /**
     * Takes up to `limit` jobs that are due, or whose worker's lease ran out, for `leaseMs`.
     * Several workers may call this at once; none gets the other's.
     *
     * @param lane of which jobs; of all of them by default
     */
    async claim(worker: string, limit: number, leaseMs: number, lane?: Lane): Promise<Job[]> {
      const now = isoNow(clock)
      const due = () => {
        const query = jobs().where((where) =>
          where
            .where((queued) => queued.where('status', 'queued').andWhere('run_at', '<=', now))
            .orWhere((lost) => lost.where('status', 'running').andWhere('leased_until', '<', now)),
        )
        if (lane === undefined) return query
        if ('types' in lane) return query.whereIn('type', lane.types)
        query.whereNotIn('type', lane.without)
        return lane.bulk
          ? query.where((bulk) => bulk.where('bulk', true).orWhereIn('type', lane.bulkTypes))
          : query.where('bulk', false).whereNotIn('type', lane.bulkTypes)
      }
      // A worker that polls an empty queue must not keep SQLite's one writer waiting.
      if ((await due().first('id')) === undefined) return []
      return db.transaction(async () => {
        // An import that somebody asked for goes before what an earlier one caused.
        const oldest = due()
          .orderBy([{ column: 'bulk' }, { column: 'run_at' }, { column: 'id' }])
          .limit(limit)
        const rows: JobRow[] = await (db.dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest)
        const claimed: Job[] = []
        for (const row of rows) {
          if (row.attempts >= MAX_ATTEMPTS) {
            const error = row.error ?? 'its worker died at each attempt'
            await jobs()
              .where({ id: row.id })
              .update({ status: 'dead', error, worker: null, leased_until: null, run_at: now })
            continue
          }
          const attempts = row.attempts + 1
          await jobs()
            .where({ id: row.id })
            .update({ status: 'running', worker, attempts, leased_until: after(leaseMs) })
          claimed.push({ ...present(row), attempts })
        }
        return claimed
      })
    },

    /** Renews a lease. @returns false when the job is no longer this worker's */
    async extend(id: string, worker: string, leaseMs: number): Promise<boolean> {
      const changed = await jobs()
        .where({ id, worker, status: 'running' })
        .update({ leased_until: after(leaseMs) })
      return changed > 0
    },

    async complete(id: string, worker: string): Promise<void> {
      await jobs().where({ id, worker, status: 'running' }).delete()
    },

    /** Puts a failed job back with exponential backoff, or aside when it has had its attempts. */
    async fail(job: Job, worker: string, error: string): Promise<'retry' | 'dead' | 'lost'> {
      return db.transaction(async () => {
        const mine = jobs().where({ id: job.id, worker, status: 'running' })
        if (job.attempts >= MAX_ATTEMPTS) {
          const changed = await mine.update({ status: 'dead', error, worker: null, run_at: isoNow(clock) })
          return changed > 0 ? 'dead' : 'lost'
        }
        const changed = await requeue(db, mine.clone(), after(backoffMs(job)), error)
        return changed > 0 ? 'retry' : 'lost'
      })
    },

    /** Gives back a job that a stopping worker could not finish; the attempt does not count. */
    async release(job: Job, worker: string): Promise<void> {
      await db.transaction(async () => {
        const mine = jobs().where({ id: job.id, worker, status: 'running' })
        await mine.clone().update({ attempts: job.attempts - 1 })
        await requeue(db, mine, isoNow(clock), null)
      })
    },

    /**
     * Sets times right that lie further ahead than any job is put off: the clock was set back since. A job that was to
     * run at once runs now, one that was put off waits as long as it was to wait, and a dead worker's lease ends.
     */
    async mendTimes(leaseMs: number): Promise<void> {
      const now = isoNow(clock)
      const ahead = after(CLOCK_SLACK_MS)
      const misdated = await jobs()
        .where('status', 'queued')
        .where('run_at', '>', ahead)
        .where((since) =>
          since
            .where('created_at', '>', ahead)
            .orWhere((retried) =>
              retried.where('attempts', '>', 0).where('run_at', '>', after(2 * LONGEST_BACKOFF_MS)),
            ),
        )
        .limit(ROWS)
      for (const { id, run_at, created_at, attempts } of misdated) {
        const wait = attempts > 0 ? 0 : Math.max(0, Date.parse(run_at) - Date.parse(created_at))
        await jobs()
          .where({ id, status: 'queued', run_at })
          .update({ run_at: after(wait), created_at: now })
      }
      await jobs()
        .where('status', 'running')
        .where('leased_until', '>', after(leaseMs + CLOCK_SLACK_MS))
        .update({ leased_until: after(leaseMs) })
      if (misdated.length > 0) wake()
    },

    /** When the next waiting job becomes due. */
    async nextDue(): Promise<Date | undefined> {
      const row = await jobs().where({ status: 'queued' }).min<{ at: string | null }>('run_at as at').first()
      return row?.at == null ? undefined : new Date(row.at)
    },
  }

  async function insert(given: readonly NewJob[]): Promise<void> {
    await jobs()
      .insert(
        given.map((job) => ({
          id: newId('job', clock.now()),
          type: job.type,
          payload: JSON.stringify(job.payload ?? {}),
          status: 'queued',
          dedupe_key: indexableKey(job.dedupeKey),
          run_at: (job.runAt ?? clock.now()).toISOString(),
          attempts: 0,
          created_at: isoNow(clock),
          bulk: job.bulk ?? isBulk(),
        })),
      )
      .onConflict(db.sql.raw("(dedupe_key) where status = 'queued'"))
      .merge({
        run_at: db.sql.raw(
          'case when excluded.run_at < jobs.run_at then excluded.run_at else jobs.run_at end',
        ),
        bulk: db.sql.raw('jobs.bulk and excluded.bulk'),
      } as unknown as Partial<JobRow>)
    db.afterCommit(wake)
  }
}

/** PostgreSQL refuses index entries beyond 2.7 kB, and a key may name a hundred threads: a long one is its digest. */
function indexableKey(key: string | undefined): string | null {
  if (key === undefined) return null
  return key.length <= LONGEST_KEY ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** 1 s, 2 s, 4 s … up to ten minutes, spread by the job's id so that what failed together does not return together. */
function backoffMs(job: Job): number {
  const base = Math.min(1000 * 2 ** (job.attempts - 1), LONGEST_BACKOFF_MS)
  let spread = 0
  for (const char of job.id) spread = (spread * 31 + char.charCodeAt(0)) % 1000
  return Math.round(base * (0.75 + spread / 2000))
}
