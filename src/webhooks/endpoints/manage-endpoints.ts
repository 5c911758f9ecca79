import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { WebhookDeps } from '../deps.ts'
import { webhookErrors } from '../errors.ts'
import {
  DEFAULT_ROUTING,
  type Endpoint,
  type EventType,
  type RoutingFilter,
  requireEndpointUrl,
  shownUrl,
} from './endpoint.ts'
import { newSecret, rotated } from './secrets.ts'

export interface EndpointDefinition {
  readonly url: string
  readonly types: readonly EventType[]
  /** None closer than the actor's own. */
  readonly audience: Audience
  readonly description?: string
  readonly routing?: Partial<RoutingFilter>
  readonly enabled?: boolean
  readonly actor: Actor
}

/**
 * Adds an endpoint, with a secret that is to be shown this once. It is told of what happens from now on.
 *
 * @throws CodedError WEBHOOK_URL_INVALID, WEBHOOK_URL_TAKEN, WEBHOOK_AUDIENCE_FORBIDDEN
 */
export async function createEndpoint(deps: WebhookDeps, given: EndpointDefinition): Promise<Endpoint> {
  const { audience, types, description = '', routing = {}, enabled = true, actor } = given
  requireWithinSight(actor, audience)
  const url = requireEndpointUrl(given.url, deps.privateHosts)
  return deps.db.transaction(async () => {
    const endpoint = await deps.endpoints.insert({
      url,
      description,
      audience,
      enabled,
      types: [...new Set(types)],
      routing: { ...DEFAULT_ROUTING, ...routing },
      secrets: [newSecret()],
    })
    if (endpoint === undefined) throw await urlTaken(deps, url)
    await deps.audit.record('webhook.created', actor, endpoint.id, { after: settingsOf(endpoint) })
    return endpoint
  })
}

/** @throws CodedError WEBHOOK_AUDIENCE_FORBIDDEN */
export function requireWithinSight(actor: Actor, audience: Audience): void {
  if (!visibleTo(actor.audience).includes(audience))
    throw webhookErrors.WEBHOOK_AUDIENCE_FORBIDDEN({ audience })
}

export async function urlTaken({ endpoints }: Pick<WebhookDeps, 'endpoints'>, url: string): Promise<Error> {
  const other = await endpoints.withUrl(url)
  return webhookErrors.WEBHOOK_URL_TAKEN({ url: shownUrl(url), id: other?.id ?? 'just added' })
}

/** What people set of an endpoint, for the audit log. */
export function settingsOf({ url, description, types, audience, routing, enabled }: Endpoint) {
  return { url: shownUrl(url), description, types, audience, routing, enabled }
}

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
 *   WEBHOOK_AUDIENCE_FORBIDDEN
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

export const DEFAULT_OVERLAP_HOURS = 24
const HOUR_MS = 3_600_000

interface Rotation {
  readonly id: string
  /** For so long the secret that was replaced signs too; 0 when it has leaked. */
  readonly overlapHours?: number
  readonly actor: Actor
}

/**
 * Gives an endpoint a new secret, to be shown this once.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND
 */
export async function rotateSecret(
  { db, clock, endpoints, audit }: WebhookDeps,
  { id, overlapHours = DEFAULT_OVERLAP_HOURS, actor }: Rotation,
): Promise<Endpoint> {
  return db.transaction(async () => {
    const before = await endpoints.requireForChange(id, actor.audience)
    const now = clock.now()
    const secrets = rotated(before.secrets, now, new Date(now.getTime() + overlapHours * HOUR_MS))
    await audit.record('webhook.secret-rotated', actor, id, { after: { overlapHours } })
    return endpoints.change({ ...before, secrets })
  })
}
