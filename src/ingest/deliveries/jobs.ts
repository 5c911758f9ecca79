import { setTimeout } from 'node:timers/promises'
import type { JobHandler } from '../../platform/jobs/job-handler.ts'
import { type ApplyDeliveryDeps, applyDeliveries } from './apply-deliveries.ts'
import { APPLY, APPLY_ONE, applyJob, FORGET } from './delivery.ts'

export type DeliveryJobDeps = ApplyDeliveryDeps

/** Deliveries applied together. */
const BATCH = 100
/** Between full batches: a burst is still being received, and that comes first. */
const PAUSE_MS = 100
/** After this a batch whose worker died may be taken by another. */
const LEASE_MS = 60_000
const DAY_MS = 86_400_000
/** How long ids are kept, so that a repetition is known. */
const KEEP_DONE_MS = 30 * DAY_MS
/** How long someone has to look at what failed. */
const KEEP_FAILED_MS = 90 * DAY_MS
const FORGET_EVERY_MS = 3_600_000
const FORGET_AT_ONCE = 500

/** Applies what was received, tries again what failed for a reason that may pass, forgets what is old. */
export function deliveryJobs(deps: DeliveryJobDeps): JobHandler[] {
  const { clock, jobs, sources, deliveries } = deps
  const after = (ms: number) => new Date(clock.now().getTime() + ms)

  return [
    {
      type: APPLY,
      async perform({ sourceId }: { sourceId: string }, signal) {
        const source = await sources.byId(sourceId)
        if (source === undefined) return
        for (;;) {
          signal.throwIfAborted()
          const taken = await deliveries.take(sourceId, BATCH, LEASE_MS)
          if (taken.length === 0) break
          await applyDeliveries(deps, source, taken, signal)
          if (taken.length === BATCH) await setTimeout(PAUSE_MS, undefined, { signal })
        }
        const until = await deliveries.takenUntil(sourceId)
        if (until !== undefined) await jobs.enqueue(applyJob(sourceId, new Date(until)))
        await jobs.enqueue({ type: FORGET, dedupeKey: FORGET, runAt: after(FORGET_EVERY_MS) })
      },
    },
    {
      type: APPLY_ONE,
      async perform({ deliveryId }: { deliveryId: string }, signal) {
        const delivery = await deliveries.pending(deliveryId)
        const source = delivery && (await sources.byId(delivery.sourceId))
        if (delivery === undefined || source === undefined) return
        await applyDeliveries(deps, source, [delivery], signal)
      },
    },
    {
      type: FORGET,
      bulk: true,
      async perform(_, signal) {
        const before = {
          done: after(-KEEP_DONE_MS).toISOString(),
          failed: after(-KEEP_FAILED_MS).toISOString(),
        }
        while (!signal.aborted && (await deliveries.forget(before, FORGET_AT_ONCE)) > 0);
      },
    },
  ]
}
