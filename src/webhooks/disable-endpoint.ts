import type { Actor } from '../access/index.ts'
import type { WebhookDeps } from './deps.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * Tells an endpoint nothing more, in the transaction that holds it. What waited is with the dead deliveries, from
 * where it can be sent once the endpoint is enabled again.
 */
export async function disableEndpoint(
  { endpoints, deliveries, audit }: Pick<WebhookDeps, 'endpoints' | 'deliveries' | 'audit'>,
  endpoint: Endpoint,
  { reason, actor }: { readonly reason: string; readonly actor: Actor },
): Promise<void> {
  if (!endpoint.enabled) return
  await endpoints.change({ ...endpoint, enabled: false, disabledReason: reason })
  await deliveries.buryWaiting(endpoint.id, `The endpoint was disabled: ${reason}`)
  await audit.record('webhook.disabled', actor, endpoint.id, {
    before: { enabled: true },
    after: { enabled: false, reason },
  })
}
