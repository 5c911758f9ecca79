import { hostname } from 'node:os'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { newId } from '../ids.ts'
import type { Job, JobStore } from './job-store.ts'
import type { Wakeups } from './wakeups.ts'

/** What to do for jobs of one type. Handlers are idempotent: a job may be started again after its worker died. */
export interface JobHandler {
  readonly type: string
  /** Events after which a job of this type is due, with the event as its payload. */
  readonly on?: readonly string[]
  perform(payload: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<void>
}

export interface JobLog {
  error(details: object, message: string): void
  info(details: object, message: string): void
}

interface JobRunnerDeps {
  readonly db: Database
  readonly jobs: JobStore
  readonly clock: Clock
  readonly handlers: readonly JobHandler[]
  readonly wakeups: Wakeups
  readonly log: JobLog
  /** What of an error's message may be kept with the job and shown; all of it unless told. */
  readonly tidy?: (message: string) => string
}

interface JobRunnerOptions {
  /** Jobs run at once. */
  readonly concurrency: number
  readonly pollMs?: number
  readonly leaseMs?: number
}

export interface Worker {
  /** Takes no more work, waits for what runs (up to `graceMs`), and gives the rest back. */
  stop(graceMs?: number): Promise<void>
}

/** Starts a worker: relays events, claims jobs, renews leases, retries what fails. Any number may run at once. */
export function startJobRunner(deps: JobRunnerDeps, options: JobRunnerOptions): Worker {
  const { db, jobs, log } = deps
  const pollMs = options.pollMs ?? 500
  const leaseMs = options.leaseMs ?? 30_000
  const name = newId(`worker-${hostname()}-${process.pid}`, deps.clock.now())
  const handlers = new Map(deps.handlers.map((handler) => [handler.type, handler]))
  const subscriptions = subscriptionsOf(deps.handlers)
  const running = new Map<string, { job: Job; done: Promise<void>; ending: AbortController }>()
  const stopping = new AbortController()
  const loop = run()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const signalled = deps.wakeups.next(pollMs, stopping.signal)
      try {
        if (!(await takeWork())) await signalled
      } catch (error) {
        log.error({ err: error }, 'the job runner cannot reach the database')
        await signalled
      }
    }
  }

  /** @returns whether there may be more to do at once */
  async function takeWork(): Promise<boolean> {
    const relayed = await relayEvents(db, jobs, subscriptions)
    const free = options.concurrency - running.size
    const claimed = free > 0 && !stopping.signal.aborted ? await jobs.claim(name, free, leaseMs) : []
    for (const job of claimed) {
      const ending = new AbortController()
      const done = perform(job, ending).finally(() => {
        running.delete(job.id)
        deps.wakeups.wake()
      })
      running.set(job.id, { job, done, ending })
    }
    return relayed > 0 || (claimed.length > 0 && running.size < options.concurrency)
  }

  /** @param ending aborted when the worker stops or the job is no longer its own */
  async function perform(job: Job, ending: AbortController): Promise<void> {
    const heartbeat = setInterval(() => {
      jobs.extend(job.id, name, leaseMs).then(
        (mine) => mine || ending.abort(),
        (error) => log.error({ err: error, job: job.id }, 'cannot renew the lease of a job'),
      )
    }, leaseMs / 3)
    try {
      const handler = handlers.get(job.type)
      if (handler === undefined) throw new Error(`no handler for jobs of type ${job.type}`)
      await handler.perform(job.payload, ending.signal)
      await jobs.complete(job.id, name)
    } catch (error) {
      await giveUp(job, error)
    } finally {
      clearInterval(heartbeat)
    }
  }

  async function giveUp(job: Job, error: unknown): Promise<void> {
    try {
      if (stopping.signal.aborted) return await jobs.release(job, name)
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      const outcome = await jobs.fail(job, name, deps.tidy?.(message) ?? message)
      log.error({ err: error, job: job.id, type: job.type, attempts: job.attempts, outcome }, 'job failed')
    } catch (failure) {
      log.error(
        { err: failure, job: job.id },
        'cannot record a failed job; it runs again when its lease expires',
      )
    }
  }

  return {
    async stop(graceMs = 10_000) {
      stopping.abort()
      await loop
      for (const { ending } of running.values()) ending.abort()
      const all = Promise.allSettled([...running.values()].map(({ done }) => done))
      let timer: NodeJS.Timeout | undefined
      await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))])
      clearTimeout(timer)
      for (const { job } of running.values()) await jobs.release(job, name)
    },
  }
}

function subscriptionsOf(handlers: readonly JobHandler[]): Map<string, string[]> {
  const subscriptions = new Map<string, string[]>()
  for (const handler of handlers) {
    for (const event of handler.on ?? [])
      subscriptions.set(event, [...(subscriptions.get(event) ?? []), handler.type])
  }
  return subscriptions
}

/** Event type → the job types that follow from it. */
type Subscriptions = ReadonlyMap<string, readonly string[]>

interface EventRow {
  id: number
  type: string
  payload: string
}

/** Events a transaction: with five subscribers each, some twenty milliseconds on SQLite. */
const BATCH = 50

/**
 * Turns committed events into jobs, one a subscriber, and takes them out of the outbox in the same transaction:
 * no event is lost, and none becomes two jobs.
 *
 * @returns how many events were relayed; call again while it is not 0
 */
export async function relayEvents(
  db: Database,
  jobs: JobStore,
  subscriptions: Subscriptions,
): Promise<number> {
  const waiting = await db.sql('events').select('id').first()
  if (waiting === undefined) return 0
  return db.transaction(async () => {
    const oldest = db.sql<EventRow>('events').orderBy('id').limit(BATCH)
    const events: EventRow[] = await (db.dialect === 'postgres' ? oldest.forUpdate().skipLocked() : oldest)
    await jobs.enqueueAll(
      events.flatMap(({ id, type: happened, payload }) =>
        (subscriptions.get(happened) ?? []).map((type) => ({
          type,
          payload: JSON.parse(payload),
          dedupeKey: `event:${id}:${type}`,
        })),
      ),
    )
    await db
      .sql('events')
      .whereIn(
        'id',
        events.map((event) => event.id),
      )
      .delete()
    return events.length
  })
}
