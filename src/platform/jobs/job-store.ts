import { type Clock, isoNow } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { defineErrors } from '../errors.ts'
import { newId } from '../ids.ts'
import { decodeCursor, type Page, toPage } from '../page.ts'
import { isBulk } from './bulk.ts'

const jobErrors = defineErrors({
  JOB_NOT_FOUND: [404, 'There is no dead job {id}'],
})

export interface NewJob {
  readonly type: string
  readonly payload?: Readonly<Record<string, unknown>>
  /** While a job with this key waits, another with the same key only brings its time forward. */
  readonly dedupeKey?: string
  readonly runAt?: Date
  /** Whether nobody waits for it; by default where the work in progress is bulk work. */
  readonly bulk?: boolean
}

/** Jobs for which somebody waits, or those for which nobody does. */
export interface Lane {
  readonly bulk: boolean
  /** Types whose jobs are bulk work whoever enqueued them. */
  readonly bulkTypes: readonly string[]
}

export interface Job {
  readonly id: string
  readonly type: string
  readonly payload: Readonly<Record<string, unknown>>
  /** How often it has been started, this time included. */
  readonly attempts: number
  /** Whether it was caused by bulk work. */
  readonly bulk: boolean
}

export interface DeadJob extends Job {
  readonly error: string
  readonly diedAt: string
}

interface JobCounts {
  readonly queued: number
  readonly running: number
  readonly dead: number
}

export const JOB_STATES = ['failed', 'queued', 'running'] as const
export type JobState = (typeof JOB_STATES)[number]

/** A failed job is a dead letter: it failed too often to be tried again by itself. */
const STATUS_OF = { failed: 'dead', queued: 'queued', running: 'running' } as const

interface JobQuery {
  readonly state: JobState
  readonly type?: string
  readonly cursor?: string
  readonly limit: number
}

/** A job as people see it. */
export interface ListedJob extends Job {
  readonly state: JobState
  /** Of the last attempt that failed. */
  readonly error?: string
  readonly createdAt: string
  /** When it failed, is due, or would be given to another worker. */
  readonly at: string
}

/** How much work of one kind waits. */
export interface JobQueue {
  readonly queued: number
  readonly running: number
  readonly failed: number
  /** Since when the oldest waits; absent where none is due. */
  readonly oldestDueAt?: string
}

export type JobStore = ReturnType<typeof createJobStore>

interface JobRow {
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

/** Attempts before a job is put aside as dead. */
const MAX_ATTEMPTS = 8
const LONGEST_BACKOFF_MS = 600_000
/** By how much the clocks of several machines may differ. */
const CLOCK_SLACK_MS = 60_000
/** Jobs a statement. */
const ROWS = 100

/** The jobs table: what is to be done, who is doing it until when, and what could not be done. */
export function createJobStore(db: Database, clock: Clock, wake: () => void) {
  const jobs = () => db.sql<JobRow>('jobs')
  const after = (ms: number) => new Date(clock.now().getTime() + ms).toISOString()

  return {
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
        if (lane?.bulk === false) query.where('bulk', false).whereNotIn('type', lane.bulkTypes)
        if (lane?.bulk === true)
          query.where((bulk) => bulk.where('bulk', true).orWhereIn('type', lane.bulkTypes))
        return query
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
        const changed = await requeue(mine.clone(), after(backoffMs(job)), error)
        return changed > 0 ? 'retry' : 'lost'
      })
    },

    /** Gives back a job that a stopping worker could not finish; the attempt does not count. */
    async release(job: Job, worker: string): Promise<void> {
      await db.transaction(async () => {
        const mine = jobs().where({ id: job.id, worker, status: 'running' })
        await mine.clone().update({ attempts: job.attempts - 1 })
        await requeue(mine, isoNow(clock), null)
      })
    },

    async dead(limit = 100): Promise<DeadJob[]> {
      const rows = await jobs().where({ status: 'dead' }).orderBy('id').limit(limit)
      return rows.map((row) => ({ ...present(row), error: row.error ?? '', diedAt: row.run_at }))
    },

    /** Jobs in a state, the newest first. @throws CodedError CURSOR_INVALID */
    async list({ state, type, cursor, limit }: JobQuery): Promise<Page<ListedJob>> {
      const query = jobs()
        .where({ status: STATUS_OF[state] })
        .orderBy('id', 'desc')
        .limit(limit + 1)
      if (type !== undefined) query.where({ type })
      if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
      const rows = (await query).map(
        (row): ListedJob => ({
          ...present(row),
          state,
          error: row.error ?? undefined,
          createdAt: row.created_at,
          at: state === 'running' ? (row.leased_until ?? row.run_at) : row.run_at,
        }),
      )
      return toPage(rows, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
    },

    /** Deletes a dead job: it will never be done. @throws CodedError JOB_NOT_FOUND */
    async discard(id: string): Promise<void> {
      const deleted = await jobs().where({ id, status: 'dead' }).delete()
      if (deleted === 0) throw jobErrors.JOB_NOT_FOUND({ id })
    },

    /** How many jobs there are of each state, those of bulk work apart, and since when the oldest of each kind is due. */
    async queues(bulkTypes: readonly string[]): Promise<Record<'people' | 'bulk', JobQueue>> {
      const rows: {
        type: string
        bulk: boolean | number
        status: JobRow['status']
        n: number
        due: string
      }[] = await db
        .sql('jobs')
        .groupBy('type', 'bulk', 'status')
        .select('type', 'bulk', 'status')
        .count('* as n')
        .min('run_at as due')
      const of = (wanted: boolean): JobQueue => {
        const lane = rows.filter(({ type, bulk }) => (Boolean(bulk) || bulkTypes.includes(type)) === wanted)
        const sum = (status: JobRow['status']) =>
          lane.reduce((total, row) => total + (row.status === status ? Number(row.n) : 0), 0)
        const due = lane.flatMap(({ status, due }) => (status === 'queued' ? [due] : [])).sort()[0]
        return {
          queued: sum('queued'),
          running: sum('running'),
          failed: sum('dead'),
          oldestDueAt: due !== undefined && due <= isoNow(clock) ? due : undefined,
        }
      }
      return { people: of(false), bulk: of(true) }
    },

    /** Lets a dead job run again, from its first attempt. @throws CodedError JOB_NOT_FOUND */
    async retry(id: string): Promise<void> {
      await db.transaction(async () => {
        const mine = jobs().where({ id, status: 'dead' })
        if ((await mine.clone().update({ attempts: 0 })) === 0) throw jobErrors.JOB_NOT_FOUND({ id })
        await requeue(mine, isoNow(clock), null)
      })
      db.afterCommit(wake)
    },

    /**
     * Lets the newest dead jobs run again, of a type or of all; those that others retry or discard meanwhile are theirs.
     *
     * @returns how many
     */
    async retryAll({ type, limit }: { readonly type?: string; readonly limit: number }): Promise<number> {
      return db.transaction(async () => {
        const query = jobs().where({ status: 'dead' }).orderBy('id', 'desc').limit(limit).select('id')
        if (type !== undefined) query.where({ type })
        const dead = await (db.dialect === 'postgres' ? query.forUpdate().skipLocked() : query)
        for (const { id } of dead) {
          const mine = jobs().where({ id, status: 'dead' })
          await mine.clone().update({ attempts: 0 })
          await requeue(mine, isoNow(clock), null)
        }
        if (dead.length > 0) db.afterCommit(wake)
        return dead.length
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

    async counts(): Promise<JobCounts> {
      const rows: { status: JobRow['status']; n: number }[] = await db
        .sql('jobs')
        .select('status')
        .count('* as n')
        .groupBy('status')
      const of = (status: JobRow['status']) => Number(rows.find((row) => row.status === status)?.n ?? 0)
      return { queued: of('queued'), running: of('running'), dead: of('dead') }
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
          dedupe_key: job.dedupeKey ?? null,
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

  /** Back to the queue; a job whose key another one has taken meanwhile is the same work and goes. */
  async function requeue(
    mine: ReturnType<typeof jobs>,
    runAt: string,
    error: string | null,
  ): Promise<number> {
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
}

function present(row: JobRow): Job {
  const { id, type, attempts } = row
  return { id, type, payload: JSON.parse(row.payload), attempts, bulk: Boolean(row.bulk) }
}

/** 1 s, 2 s, 4 s … up to ten minutes, spread by the job's id so that what failed together does not return together. */
function backoffMs(job: Job): number {
  const base = Math.min(1000 * 2 ** (job.attempts - 1), LONGEST_BACKOFF_MS)
  let spread = 0
  for (const char of job.id) spread = (spread * 31 + char.charCodeAt(0)) % 1000
  return Math.round(base * (0.75 + spread / 2000))
}
