import type { Actor } from '../access/index.ts'
import type { WebhookDeps } from './deps.ts'
import { webhookErrors } from './errors.ts'

interface Retry {
  readonly endpointId: string
  /** One of its deliveries that failed; all of them when absent. */
  readonly deliveryId?: string
  readonly actor: Actor
}

/**
 * Sends deliveries again that are dead, or wait after a failure, on a schedule that begins anew, with the id they always had.
 *
 * @returns how many
 * @throws CodedError WEBHOOK_NOT_FOUND, WEBHOOK_DISABLED, WEBHOOK_DELIVERY_NOT_DEAD
 */
export async function retryDeliveries(
  { db, endpoints, deliveries, audit, wake }: WebhookDeps,
  { endpointId, deliveryId, actor }: Retry,
): Promise<number> {
  return db.transaction(async () => {
    const { enabled } = await endpoints.requireForChange(endpointId, actor.audience)
    if (!enabled) throw webhookErrors.WEBHOOK_DISABLED({ id: endpointId })
    const retried = await deliveries.revive(endpointId, deliveryId)
    if (deliveryId !== undefined && retried === 0)
      throw webhookErrors.WEBHOOK_DELIVERY_NOT_DEAD({ id: deliveryId })
    if (retried > 0)
      await audit.record('webhook.retried', actor, endpointId, {
        after: { retried, ...(deliveryId !== undefined && { deliveryId }) },
      })
    db.afterCommit(wake)
    return retried
  })
}
