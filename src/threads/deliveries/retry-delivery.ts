import type { Actor, AuditLog } from '../../access/index.ts'
import type { Clock, Database, JobStore } from '../../platform/index.ts'
import type { SourceStore } from '../source-store.ts'
import { applyOneJob } from './apply-job.ts'
import type { DeliveryStore } from './delivery-store.ts'
import { deliveryErrors } from './errors.ts'
import { requireVisible } from './visible-source.ts'

interface RetryDeps {
  readonly db: Database
  readonly clock: Clock
  readonly jobs: JobStore
  readonly audit: AuditLog
  readonly sources: SourceStore
  readonly deliveries: DeliveryStore
}

/**
 * Tries a failed delivery again, at once.
 *
 * @throws CodedError SOURCE_UNKNOWN, DELIVERY_NOT_FOUND, DELIVERY_DONE
 */
export async function retryDelivery(
  deps: RetryDeps,
  request: { readonly source: string; readonly id: string; readonly actor: Actor },
): Promise<void> {
  const { id, actor } = request
  await deps.db.transaction(async () => {
    const source = await requireVisible(deps.sources, request.source, actor)
    const delivery = await deps.deliveries.find(source.id, id)
    if (delivery === undefined) throw deliveryErrors.DELIVERY_NOT_FOUND({ id })
    const { status } = delivery
    if (status !== 'failed') throw deliveryErrors.DELIVERY_DONE({ id, status })
    await deps.jobs.enqueue(applyOneJob(id, deps.clock.now()))
    await deps.audit.record('webhook-delivery.retried', actor, id, { after: { source: source.name } })
  })
}
