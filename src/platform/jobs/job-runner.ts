import { hostname } from 'node:os'
import type { Clock } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { newId } from '../ids.ts'
import { runAs } from './bulk.ts'
import type { JobHandler } from './job-handler.ts'
import type { Job } from './job-row.ts'
import type { JobStore, Lane } from './job-store.ts'
import { relayEvents } from './relay.ts'
import type { Wakeups } from './wakeups.ts'

const MEND_EVERY_MS = 10_000

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
  /**
   * Jobs run at once. One more runs where it is of the other kind: bulk work never takes all places of what people wait
   * for, nor the reverse. As many long jobs run beside them, in workers of their own.
   */
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
  const { jobs, log } = deps
  const pollMs = options.pollMs ?? 500
  const leaseMs = options.leaseMs ?? 30_000
  const name = newId(`worker-${hostname()}-${process.pid}`, deps.clock.now())
  const handlers = new Map(deps.handlers.map((handler) => [handler.type, handler]))
  const bulkTypes = deps.handlers.filter(({ bulk }) => bulk === true).map(({ type }) => type)
  const isBulkJob = ({ type, bulk }: Job) => bulk || bulkTypes.includes(type)
  const longTypes = (when: JobHandler['long']) =>
    deps.handlers.filter(({ long }) => long === when).map(({ type }) => type)
  const [always, idle] = [longTypes('always'), longTypes('idle')]
  const long = [...always, ...idle]
  const running = new Map<string, { job: Job; done: Promise<void>; ending: AbortController }>()
  let mendAt = 0
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
    const relayed = await relayEvents(deps, deps.handlers)
    await mendTimes()
    const claimed = (await claimShort(false)) + (await claimShort(true)) + (await claimLong())
    return relayed > 0 || (claimed > 0 && running.size < options.concurrency)
  }

  /** Claims and begins jobs of people, or of bulk work. @returns how many */
  async function claimShort(bulk: boolean): Promise<number> {
    const short = runningJobs().filter(({ type }) => !long.includes(type))
    const alike = short.filter((job) => isBulkJob(job) === bulk).length
    const free = Math.min(options.concurrency - alike, options.concurrency + 1 - short.length)
    return claim({ bulk, bulkTypes, without: long }, free)
  }

  /** Claims and begins long jobs, those for idle times where there is no other. @returns how many */
  async function claimLong(): Promise<number> {
    if (long.length === 0) return 0
    const free = () => options.concurrency - runningJobs().filter(({ type }) => long.includes(type)).length
    const claimed = await claim({ types: always }, free())
    const isIdle = free() === options.concurrency
    return claimed + (isIdle ? await claim({ types: idle }, 1) : 0)
  }

  function runningJobs(): Job[] {
    return [...running.values()].map(({ job }) => job)
  }

  /** Claims and begins at most `free` jobs. @returns how many */
  async function claim(lane: Lane, free: number): Promise<number> {
    if (free <= 0 || stopping.signal.aborted) return 0
    const claimed = await jobs.claim(name, free, leaseMs, lane)
    for (const job of claimed) {
      const ending = new AbortController()
      const done = perform(job, ending).finally(() => {
        running.delete(job.id)
        deps.wakeups.wake()
      })
      running.set(job.id, { job, done, ending })
    }
    return claimed.length
  }

  /** Now and then, by a clock that nobody sets. */
  async function mendTimes(): Promise<void> {
    if (performance.now() < mendAt) return
    mendAt = performance.now() + MEND_EVERY_MS
    await jobs.mendTimes(leaseMs)
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
      // The payload is what this type of job was enqueued with.
      await runAs(isBulkJob(job), () => handler.perform(job.payload as never, ending.signal))
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
