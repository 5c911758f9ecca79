import type { Actor } from '../../access/actor.ts'
import type { MessageDeps, WebhookDeps } from '../deps.ts'
import { webhookErrors } from '../errors.ts'

export const PRUNE = 'webhooks.prune'
const DAY_MS = 86_400_000
const PRUNE_EVERY_MS = DAY_MS

/** Days after which a delivery is forgotten. */
const KEPT_DAYS = { delivered: 7, dead: 30 } as const
/** Rows a transaction. */
const CHUNK = 500

type PruneDeps = Pick<MessageDeps, 'deliveries' | 'clock' | 'jobs'>

/** Sees to it that what is told now is forgotten one day. */
export async function pruneInTime({ clock, jobs }: PruneDeps): Promise<void> {
  await jobs.enqueue({
    type: PRUNE,
    dedupeKey: PRUNE,
    runAt: new Date(clock.now().getTime() + PRUNE_EVERY_MS),
  })
}

/** Forgets deliveries whose time is over and messages that went to them alone, and comes back while there are others. */
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
  if (await deliveries.any()) await pruneInTime(deps)
}

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
        after: { retried, deliveryId },
      })
    db.afterCommit(wake)
    return retried
  })
}
