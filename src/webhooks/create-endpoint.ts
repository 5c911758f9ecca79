import { type Actor, type Audience, visibleTo } from '../access/index.ts'
import type { WebhookDeps } from './deps.ts'
import { DEFAULT_ROUTING, type Endpoint, type EventType, type RoutingFilter } from './endpoint.ts'
import { requireEndpointUrl, shownUrl } from './endpoint-url.ts'
import { webhookErrors } from './errors.ts'
import { newSecret } from './secrets.ts'

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
 * @throws CodedError WEBHOOK_URL_INVALID, WEBHOOK_URL_TAKEN, WEBHOOK_AUDIENCE_TOO_CLOSE
 */
export async function createEndpoint(deps: WebhookDeps, given: EndpointDefinition): Promise<Endpoint> {
  const { audience, types, description = '', routing = {}, enabled = true, actor } = given
  requireWithinSight(actor, audience)
  const url = requireEndpointUrl(given.url, deps.privateHosts)
  return deps.db.transaction(async () => {
    const endpoint = await deps.endpoints.insert({
      ...{ url, description, audience, enabled },
      types: [...new Set(types)],
      routing: { ...DEFAULT_ROUTING, ...routing },
      secrets: [newSecret()],
    })
    if (endpoint === undefined) throw await urlTaken(deps, url)
    await deps.audit.record('webhook.created', actor, endpoint.id, { after: settingsOf(endpoint) })
    return endpoint
  })
}

/** @throws CodedError WEBHOOK_AUDIENCE_TOO_CLOSE */
export function requireWithinSight(actor: Actor, audience: Audience): void {
  if (!visibleTo(actor.audience).includes(audience))
    throw webhookErrors.WEBHOOK_AUDIENCE_TOO_CLOSE({ audience })
}

export async function urlTaken({ endpoints }: Pick<WebhookDeps, 'endpoints'>, url: string): Promise<Error> {
  const other = await endpoints.withUrl(url)
  return webhookErrors.WEBHOOK_URL_TAKEN({ url: shownUrl(url), id: other?.id ?? 'a moment ago' })
}

/** What people set of an endpoint, for the audit log. */
export function settingsOf({ url, description, types, audience, routing, enabled }: Endpoint) {
  return { url: shownUrl(url), description, types, audience, routing, enabled }
}
