import type { Actor } from '../access/index.ts'
import { settingsOf } from './create-endpoint.ts'
import type { WebhookDeps } from './deps.ts'

/**
 * Forgets an endpoint and all that waits for it; a request that is under way may still arrive.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND
 */
export async function removeEndpoint(
  { db, endpoints, deliveries, audit }: WebhookDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    const endpoint = await endpoints.requireForChange(id, actor.audience)
    await deliveries.dropAll(id)
    await endpoints.remove(id)
    await audit.record('webhook.removed', actor, id, { before: settingsOf(endpoint) })
  })
}
