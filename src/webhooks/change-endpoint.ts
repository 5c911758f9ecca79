import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../access/index.ts'
import { requireWithinSight, settingsOf, urlTaken } from './create-endpoint.ts'
import type { WebhookDeps } from './deps.ts'
import type { Endpoint, RoutingFilter } from './endpoint.ts'
import { requireEndpointUrl } from './endpoint-url.ts'
import { webhookErrors } from './errors.ts'

export interface EndpointChange {
  readonly id: string
  /** The version that was read. */
  readonly version: number
  readonly change: Partial<Pick<Endpoint, 'url' | 'description' | 'types' | 'audience' | 'enabled'>> & {
    readonly routing?: Partial<RoutingFilter>
  }
  readonly actor: Actor
}

/**
 * Changes where an endpoint is and what it is told. What it may not know under a closer limit is not sent any more,
 * not even where it waited already. Disabled, it is told nothing; what waited goes to the dead deliveries. Enabled
 * again, it starts with a clean slate.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND, WEBHOOK_CONFLICT, WEBHOOK_URL_INVALID, WEBHOOK_URL_TAKEN,
 *   WEBHOOK_AUDIENCE_TOO_CLOSE
 */
export async function changeEndpoint(
  deps: WebhookDeps,
  { id, version, change, actor }: EndpointChange,
): Promise<Endpoint> {
  if (change.audience !== undefined) requireWithinSight(actor, change.audience)
  return deps.db.transaction(async () => {
    const before = await deps.endpoints.requireForChange(id, actor.audience)
    if (before.version !== version) throw webhookErrors.WEBHOOK_CONFLICT({ id, version: before.version })
    const wanted = await applied(deps, before, change)
    if (isDeepStrictEqual(wanted, before)) return before
    const after = await deps.endpoints.change(wanted)
    if (after.audience !== before.audience) await deps.deliveries.dropBeyond(after)
    if (before.enabled && !after.enabled)
      await deps.deliveries.buryWaiting(id, `The endpoint was disabled: ${after.disabledReason}`)
    await deps.audit.record('webhook.changed', actor, id, {
      before: settingsOf(before),
      after: settingsOf(after),
    })
    return after
  })
}

async function applied(
  deps: WebhookDeps,
  before: Endpoint,
  { url: given, routing, ...plain }: EndpointChange['change'],
): Promise<Endpoint> {
  const url = given === undefined ? before.url : requireEndpointUrl(given, deps.privateHosts)
  if (url !== before.url && (await deps.endpoints.withUrl(url)) !== undefined) throw await urlTaken(deps, url)
  const { disabledReason, failingSince, holdUntil, ...kept } = before
  const after = { ...kept, ...plain, url, routing: { ...before.routing, ...routing } }
  const history = { ...(failingSince && { failingSince }), ...(holdUntil && { holdUntil }) }
  if (!after.enabled) return { ...after, ...history, disabledReason: disabledReason ?? 'by an administrator' }
  // Elsewhere, or begun anew: what went wrong before says nothing of it.
  return before.enabled && url === before.url ? { ...after, ...history } : after
}
