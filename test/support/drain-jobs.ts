import type { Database } from '../../src/platform/database/database.ts'
import { type JobHandler, relayEvents } from '../../src/platform/jobs/job-runner.ts'
import type { JobStore } from '../../src/platform/jobs/job-store.ts'

/** Does all jobs that are due, one after the other, with what follows from them; returns the types done, in order. */
export async function drainJobs(
  { db, jobs }: { readonly db: Database; readonly jobs: JobStore },
  handlers: readonly JobHandler[],
): Promise<string[]> {
  const subscriptions = new Map<string, string[]>()
  for (const { type, on = [] } of handlers)
    for (const event of on) subscriptions.set(event, [...(subscriptions.get(event) ?? []), type])
  const done: string[] = []
  for (;;) {
    const relayed = await relayEvents(db, jobs, subscriptions)
    const [job] = await jobs.claim('drain', 1, 60_000)
    if (job === undefined && relayed === 0) return done
    if (job === undefined) continue
    const handler = handlers.find(({ type }) => type === job.type)
    if (handler === undefined) throw new Error(`nothing handles ${job.type}`)
    await handler.perform(job.payload, new AbortController().signal)
    await jobs.complete(job.id, 'drain')
    done.push(job.type)
  }
}
