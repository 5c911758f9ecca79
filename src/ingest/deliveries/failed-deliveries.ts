import type { Actor } from '../../access/actor.ts'
import type { AuditLog } from '../../access/audit-log.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import { ingestErrors } from '../errors.ts'
import { requireReadableSource } from '../readable-sources.ts'
import type { SourceStore } from '../source-store.ts'
import { applyOneJob, type DeliveryError, type PendingDelivery } from './delivery.ts'
import type { DeliveryStore } from './delivery-store.ts'

export interface RecordFailureDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly deliveries: DeliveryStore
}

/** A delivery that could not be applied, and why. */
export interface FailedDelivery {
  readonly delivery: PendingDelivery
  readonly error: DeliveryError
  /** Whether another attempt may succeed without a change of settings. */
  readonly isTemporary: boolean
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Waiting times after the first and each following failure: a source may be down for a day. */
const WAITS_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS]

/** Records why deliveries failed and enqueues their next attempts, in one transaction, so that no retry is lost. */
export async function recordFailures(
  deps: RecordFailureDeps,
  failed: readonly FailedDelivery[],
): Promise<void> {
  if (failed.length === 0) return
  await deps.db.transaction(async () => {
    for (const { delivery, error, isTemporary } of failed) {
      await deps.deliveries.fail(delivery.id, error)
      const wait = WAITS_MS[delivery.attempts]
      if (!isTemporary || wait === undefined) continue
      await deps.jobs.enqueue(applyOneJob(delivery.id, new Date(deps.clock.now().getTime() + wait)))
    }
  })
}

interface RetryDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly audit: AuditLog
  readonly sources: SourceStore
  readonly deliveries: DeliveryStore
}

/**
 * Enqueues another attempt at a failed delivery, at once.
 *
 * @throws CodedError SOURCE_NOT_FOUND, DELIVERY_NOT_FOUND, DELIVERY_NOT_FAILED
 */
export async function retryDelivery(
  deps: RetryDeps,
  request: { readonly source: string; readonly id: string; readonly actor: Actor },
): Promise<void> {
  const { id, actor } = request
  await deps.db.transaction(async () => {
    const source = await requireReadableSource(deps.sources, request.source, actor)
    const delivery = await deps.deliveries.find(source.id, id)
    if (delivery === undefined) throw ingestErrors.DELIVERY_NOT_FOUND({ id })
    const { status } = delivery
    if (status !== 'failed') throw ingestErrors.DELIVERY_NOT_FAILED({ id, status })
    await deps.jobs.enqueue(applyOneJob(id, deps.clock.now()))
    await deps.audit.record('webhook-delivery.retried', actor, id, { after: { source: source.name } })
  })
}
