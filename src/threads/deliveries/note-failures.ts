import type { Clock, Database, JobStore } from '../../platform/index.ts'
import { applyOneJob } from './apply-job.ts'
import type { DeliveryError, PendingDelivery } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'

export interface NoteFailureDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly deliveries: DeliveryStore
}

/** What came of a delivery that could not be applied. */
export interface FailedDelivery {
  readonly delivery: PendingDelivery
  readonly error: DeliveryError
  /** Whether trying again may help without anyone doing anything. */
  readonly mayPass: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** After its first failure a delivery waits this long, after the next ones longer: a source may be down for a day. */
const WAITS_MS = [...[MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS], ...[2 * HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS]]

/** Notes why deliveries failed and plans their next attempts: both or neither, so that no retry is lost. */
export async function noteFailures(deps: NoteFailureDeps, failed: readonly FailedDelivery[]): Promise<void> {
  if (failed.length === 0) return
  await deps.db.transaction(async () => {
    for (const { delivery, error, mayPass } of failed) {
      await deps.deliveries.fail(delivery.id, error)
      const wait = WAITS_MS[delivery.attempts]
      if (!mayPass || wait === undefined) continue
      await deps.jobs.enqueue(applyOneJob(delivery.id, new Date(deps.clock.now().getTime() + wait)))
    }
  })
}
