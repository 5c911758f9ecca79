import { type Clock, isoNow } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { defineErrors } from '../errors.ts'
import { decodeCursor, type Page, toPage } from '../page.ts'
import type { EventType } from './events.ts'
import { type Job, type JobRow, jobRows, present, requeue } from './job-row.ts'

const jobErrors = defineErrors({
  JOB_NOT_FOUND: [404, 'There is no dead job {id}'],
})

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

/** What people see of jobs, and do about those that could not be done. */
export function createJobOverview(db: Database, clock: Clock, wake: () => void) {
  const jobs = jobRows(db)

  return {
    /** Whether a job of one of these types is still to be done, or an event that causes one. */
    async areWaiting(types: readonly string[], events: readonly EventType[]): Promise<boolean> {
      // Off the thread: where none is among them, a long queue is read to its end.
      const some = jobs().whereIn('status', ['queued', 'running']).whereIn('type', types)
      if ((await db.longRead(some.limit(1))).length > 0) return true
      return (await db.longRead(db.sql('events').whereIn('type', events).limit(1))).length > 0
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
        await requeue(db, mine, isoNow(clock), null)
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
          await requeue(db, mine, isoNow(clock), null)
        }
        if (dead.length > 0) db.afterCommit(wake)
        return dead.length
      })
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
}
