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
  redactedUrl,
  requireEndpointUrl,
} from './endpoint.ts'
import { newSecret, rotateSecrets } from './secrets.ts'

export interface EndpointDefinition {
  readonly url: string
  readonly types: readonly EventType[]
  /** At most what the actor may see. */
  readonly audience: Audience
  readonly description?: string
  readonly routing?: Partial<RoutingFilter>
  readonly enabled?: boolean
  readonly actor: Actor
}

/**
 * Adds an endpoint, with a secret that is shown this once. It receives messages about what happens from now on.
 *
 * @throws CodedError WEBHOOK_URL_INVALID, WEBHOOK_URL_TAKEN, WEBHOOK_AUDIENCE_FORBIDDEN
 */
export async function createEndpoint(deps: WebhookDeps, given: EndpointDefinition): Promise<Endpoint> {
  const { audience, types, description = '', routing = {}, enabled = true, actor } = given
  requireReadableAudience(actor, audience)
  const url = requireEndpointUrl(given.url, deps.privateHosts)
  return deps.db.transaction(async () => {
    const endpoint = await deps.endpoints.insert({
      url,
      description,
      audience,
      enabled,
      types: [...new Set(types)],
      routing: {
        ...routing,
        // A value that is not given does not replace the default.
        activeWithinDays: routing?.activeWithinDays ?? DEFAULT_ROUTING.activeWithinDays,
      },
      secrets: [newSecret()],
    })
    if (endpoint === undefined) throw await urlTaken(deps, url, actor)
    await deps.audit.record('webhook.created', actor, endpoint.id, { after: settingsOf(endpoint) })
    return endpoint
  })
}

/** Refuses an audience that sees more than the actor. @throws CodedError WEBHOOK_AUDIENCE_FORBIDDEN */
function requireReadableAudience(actor: Actor, audience: Audience): void {
  if (!visibleTo(actor.audience).includes(audience))
    throw webhookErrors.WEBHOOK_AUDIENCE_FORBIDDEN({ audience })
}

/** The error for a URL that another endpoint has, with its id where the actor may see it. */
async function urlTaken(
  { endpoints }: Pick<WebhookDeps, 'endpoints'>,
  url: string,
  actor: Actor,
): Promise<Error> {
  const other = await endpoints.withUrl(url)
  const isSeen = other !== undefined && visibleTo(actor.audience).includes(other.audience)
  return webhookErrors.WEBHOOK_URL_TAKEN({ url: redactedUrl(url), id: isSeen ? `: ${other.id}` : '' })
}

/** The settings of an endpoint, for the audit log. */
function settingsOf({ url, description, types, audience, routing, enabled }: Endpoint) {
  return { url: redactedUrl(url), description, types, audience, routing, enabled }
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
 * Changes the settings of an endpoint. When its new audience may see less, deliveries of what it may not see any
 * more are deleted, also those that wait. When it is disabled, the deliveries that wait become dead. When it is enabled again, its
 * failures are forgotten.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND, WEBHOOK_CONFLICT, WEBHOOK_URL_INVALID, WEBHOOK_URL_TAKEN,
 *   WEBHOOK_AUDIENCE_FORBIDDEN
 */
export async function changeEndpoint(
  deps: WebhookDeps,
  { id, version, change, actor }: EndpointChange,
): Promise<Endpoint> {
  if (change.audience !== undefined) requireReadableAudience(actor, change.audience)
  return deps.db.transaction(async () => {
    const before = await deps.endpoints.requireForChange(id, actor.audience)
    if (before.version !== version) throw webhookErrors.WEBHOOK_CONFLICT({ id, version: before.version })
    const wanted = await applyChange(deps, before, change, actor)
    if (isDeepStrictEqual(wanted, before)) return before
    const after = await deps.endpoints.change(wanted)
    if (after.audience !== before.audience) await deps.deliveries.deleteUnreadable(after)
    if (before.enabled && !after.enabled)
      await deps.deliveries.abandonWaiting(id, `The endpoint was disabled: ${after.disabledReason}`)
    await deps.audit.record('webhook.changed', actor, id, {
      before: settingsOf(before),
      after: settingsOf(after),
    })
    return after
  })
}

async function applyChange(
  deps: WebhookDeps,
  before: Endpoint,
  { url: given, routing, ...plain }: EndpointChange['change'],
  actor: Actor,
): Promise<Endpoint> {
  const url = given === undefined ? before.url : requireEndpointUrl(given, deps.privateHosts)
  if (url !== before.url && (await deps.endpoints.withUrl(url)) !== undefined)
    throw await urlTaken(deps, url, actor)
  const after = { ...before, ...plain, url, routing: { ...before.routing, ...routing } }
  if (!after.enabled) return { ...after, disabledReason: before.disabledReason ?? 'by an administrator' }
  // Earlier failures do not count at another address, or once the endpoint is enabled again.
  const keepsFailures = before.enabled && url === before.url
  return {
    ...after,
    disabledReason: undefined,
    failingSince: keepsFailures ? before.failingSince : undefined,
    holdUntil: keepsFailures ? before.holdUntil : undefined,
  }
}

/**
 * Deletes an endpoint with all its deliveries. A request that is under way may still arrive.
 *
 * @throws CodedError WEBHOOK_NOT_FOUND
 */
export async function removeEndpoint(
  { db, endpoints, deliveries, audit }: WebhookDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<void> {
  await db.transaction(async () => {
    const endpoint = await endpoints.requireForChange(id, actor.audience)
    await deliveries.deleteAll(id)
    await endpoints.remove(id)
    await audit.record('webhook.removed', actor, id, { before: settingsOf(endpoint) })
  })
}

export const DEFAULT_OVERLAP_HOURS = 24
const HOUR_MS = 3_600_000

interface Rotation {
  readonly id: string
  /** Hours for which the replaced secret also signs; 0 when it has leaked. */
  readonly overlapHours?: number
  readonly actor: Actor
}

/**
 * Gives an endpoint a new secret, which is shown this once.
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
    const secrets = rotateSecrets(before.secrets, now, new Date(now.getTime() + overlapHours * HOUR_MS))
    await audit.record('webhook.secret-rotated', actor, id, { after: { overlapHours } })
    return endpoints.change({ ...before, secrets })
  })
}
