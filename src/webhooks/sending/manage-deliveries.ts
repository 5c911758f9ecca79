import type { Actor } from '../../access/actor.ts'
import type { MessageDeps, WebhookDeps } from '../deps.ts'
import { webhookErrors } from '../errors.ts'

export const PRUNE = 'webhooks.prune'
const DAY_MS = 86_400_000
const PRUNE_EVERY_MS = DAY_MS

/** Days after which a delivery is deleted. */
const KEPT_DAYS = { delivered: 7, dead: 30 } as const
/** Rows a transaction. */
const CHUNK = 500

type PruneDeps = Pick<MessageDeps, 'deliveries' | 'clock' | 'jobs'>

/** Schedules the next pruning; one is scheduled at a time. */
export async function schedulePruning({ clock, jobs }: PruneDeps): Promise<void> {
  await jobs.enqueue({
    type: PRUNE,
    dedupeKey: PRUNE,
    runAt: new Date(clock.now().getTime() + PRUNE_EVERY_MS),
  })
}

/** Deletes old deliveries, and messages without any, and schedules itself again while messages are left. */
export async function pruneDeliveries(deps: PruneDeps, signal: AbortSignal): Promise<void> {
  const { deliveries, clock } = deps
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS).toISOString()
  const steps = [
    () => deliveries.prune('delivered', daysAgo(KEPT_DAYS.delivered), CHUNK),
    () => deliveries.prune('dead', daysAgo(KEPT_DAYS.dead), CHUNK),
    () => deliveries.pruneMessages(daysAgo(KEPT_DAYS.delivered), CHUNK),
  ]
  for (const step of steps) {
    do signal.throwIfAborted()
    while ((await step()) === CHUNK)
  }
  if (await deliveries.any()) await schedulePruning(deps)
}

interface Retry {
  readonly endpointId: string
  /** One delivery that failed; without it, all of them. */
  readonly deliveryId?: string
  readonly actor: Actor
}

/**
 * Sends deliveries again that are dead, or wait after a failure. Their schedule starts over; their message ids stay.
 *
 * @returns how many deliveries are sent again
 * @throws CodedError WEBHOOK_NOT_FOUND, WEBHOOK_DISABLED, WEBHOOK_DELIVERY_NOT_DEAD
 */
export async function retryDeliveries(
  { db, endpoints, deliveries, audit, wake }: WebhookDeps,
  { endpointId, deliveryId, actor }: Retry,
): Promise<number> {
  return db.transaction(async () => {
    const { enabled } = await endpoints.requireForChange(endpointId, actor.audience)
    if (!enabled) throw webhookErrors.WEBHOOK_DISABLED({ id: endpointId })
    const retried = await deliveries.restart(endpointId, deliveryId)
    if (deliveryId !== undefined && retried === 0)
      throw webhookErrors.WEBHOOK_DELIVERY_NOT_DEAD({ id: deliveryId })
    if (retried > 0)
      await audit.record('webhook.retried', actor, endpointId, {
        after: { retried, deliveryId },
      })
    db.afterCommit(wake)
    return retried
  })
}
