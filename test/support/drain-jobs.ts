import type { Clock } from '../../src/platform/clock.ts'
import type { Database } from '../../src/platform/database/database.ts'
import type { JobHandler } from '../../src/platform/jobs/job-handler.ts'
import type { JobStore } from '../../src/platform/jobs/job-store.ts'
import { relayEvents } from '../../src/platform/jobs/relay.ts'

/**
 * Does all jobs that are due, one after the other, with what follows from them; returns the types done, in order.
 *
 * @param some whose jobs are done, by default all; those of the others stay
 */
export async function drainJobs(
  deps: { readonly db: Database; readonly jobs: JobStore; readonly clock: Clock },
  handlers: readonly JobHandler[],
  some = handlers,
): Promise<string[]> {
  const { jobs } = deps
  const done: string[] = []
  for (;;) {
    const relayed = await relayEvents(deps, handlers)
    const lane = some === handlers ? undefined : { types: some.map(({ type }) => type) }
    const [job] = await jobs.claim('drain', 1, 60_000, lane)
    if (job === undefined && relayed === 0) return done
    if (job === undefined) continue
    const handler = handlers.find(({ type }) => type === job.type)
    if (handler === undefined) throw new Error(`nothing handles ${job.type}`)
    await handler.perform(job.payload as never, new AbortController().signal)
    await jobs.complete(job.id, 'drain')
    done.push(job.type)
  }
}

/** Does one job, with a payload as a job of its type has. */
export function performJob(
  handler: JobHandler | undefined,
  payload: object,
  signal = new AbortController().signal,
): Promise<void> {
  if (handler === undefined) throw new Error('there is no such handler')
  return handler.perform(payload as never, signal)
}
