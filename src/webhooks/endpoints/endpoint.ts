import { isIP } from 'node:net'
import { type Audience, visibleTo } from '../../access/audience.ts'
import type { Clock } from '../../platform/clock.ts'
import { isPublic } from '../../platform/outbound.ts'
import type { Destination } from '../../triage/routing/routing-rule.ts'
import type { WebhookDeps } from '../deps.ts'
import { webhookErrors } from '../errors.ts'
import { activeSecrets } from './secrets.ts'

/** Types of events that endpoints can subscribe to. */
export const EVENT_TYPES = [
  'question.asked',
  'routing.decided',
  'routing.sla-breached',
  'model.activated',
  'model.refused',
  'article.published',
  'flag.raised',
  'insight.parity-alert',
  'drift.found',
  'topic.proposed',
  'topic.accepted',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Which routing decisions, and breaches of their time limits, an endpoint receives; without a list, of all sources or destinations. */
export interface RoutingFilter {
  /** Names of sources. */
  readonly sources?: readonly string[]
  /** As `queue`, or as `queue:agents`. */
  readonly destinations?: readonly string[]
  /** Only of threads that were active at most so many days before the decision. */
  readonly activeWithinDays: number | 'any'
}

/** Long enough for a weekend and a holiday, short enough to leave out an imported archive. */
export const DEFAULT_ROUTING: RoutingFilter = { activeWithinDays: 7 }

/** A secret in its standard form, `whsec_` and base64; `until` on one that was replaced. */
export interface Secret {
  readonly value: string
  readonly until?: string
}

/** A server that receives messages. */
export interface Endpoint {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly EventType[]
  /** It receives nothing that a reader of this audience may not see. */
  readonly audience: Audience
  readonly routing: RoutingFilter
  /** The current one first. */
  readonly secrets: readonly Secret[]
  readonly enabled: boolean
  readonly disabledReason?: string
  /** Counts changes of the settings, for If-Match. */
  readonly version: number
  /** When the first of an unbroken row of attempts failed. */
  readonly failingSince?: string
  /** The receiver asked for no request before then. */
  readonly holdUntil?: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** What a message is about, as far as it decides which endpoints receive it. */
export interface Subject {
  readonly type: EventType
  /** Who may see it. */
  readonly audience: Audience
  /** For a routing decision, or a breach of its time limit. */
  readonly routing?: {
    readonly source: string
    readonly destination: Destination
    readonly decidedAt: string
    /** When the thread was last active. */
    readonly activeAt: string
  }
}

const DAY_MS = 86_400_000

/** Whether an endpoint receives messages about a subject. */
export function receives(endpoint: Endpoint, { type, audience, routing }: Subject): boolean {
  if (!endpoint.enabled || !endpoint.types.includes(type)) return false
  if (!visibleTo(endpoint.audience).includes(audience)) return false
  if (routing === undefined) return true
  const { sources, destinations, activeWithinDays } = endpoint.routing
  const { kind, name } = routing.destination
  const quietMs = Date.parse(routing.decidedAt) - Date.parse(routing.activeAt)
  return (
    (sources === undefined || sources.includes(routing.source)) &&
    (destinations === undefined || destinations.includes(kind) || destinations.includes(`${kind}:${name}`)) &&
    (activeWithinDays === 'any' || quietMs <= activeWithinDays * DAY_MS)
  )
}

/**
 * An endpoint's URL in its normal form. This refuses what the URL itself shows to be wrong; the IP address of a name is
 * checked when a message is sent. Without TLS anybody on the way could read along, so that is for named private hosts.
 *
 * @throws CodedError WEBHOOK_URL_INVALID
 */
export function requireEndpointUrl(given: string, privateHosts: readonly string[]): string {
  const invalid = (reason: string) =>
    webhookErrors.WEBHOOK_URL_INVALID({ url: withoutPassword(given).slice(0, 200), reason })
  if (!URL.canParse(given)) throw invalid('it is not a URL')
  const url = new URL(given)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNamed = privateHosts.some((name) => name.toLowerCase() === host)
  if (url.username !== '' || url.password !== '') throw invalid('it contains a password')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid(`${url.protocol} is not supported`)
  if (isIP(host) !== 0 && !isNamed && !isPublic(host))
    throw invalid('it is on a private network; to allow it, add the host to ENTRAIDE_PRIVATE_HOSTS')
  if (url.protocol === 'http:' && !isNamed)
    throw invalid('it must be https, unless its host is listed in ENTRAIDE_PRIVATE_HOSTS')
  url.hash = ''
  return url.href
}

/** A URL for logs and audit records, without its query, which often holds a token. */
export function redactedUrl(url: string): string {
  const { origin, pathname, search } = new URL(url)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//…@')
}

export type EndpointView = ReturnType<typeof present>

/** Presents endpoints without their secrets, with the numbers of their waiting and dead deliveries. */
export async function presentEndpoints(
  { deliveries, clock }: Pick<WebhookDeps, 'deliveries' | 'clock'>,
  endpoints: readonly Endpoint[],
): Promise<EndpointView[]> {
  const backlog = await deliveries.backlog(endpoints.map(({ id }) => id))
  return endpoints.map((endpoint) => present(endpoint, backlog.get(endpoint.id), clock))
}

function present(
  { secrets, types, routing, holdUntil: _, ...endpoint }: Endpoint,
  backlog: { waiting: number; dead: number } | undefined,
  clock: Clock,
) {
  const old = activeSecrets(secrets, clock.now()).flatMap(({ until }) => until ?? [])
  const { sources, destinations, activeWithinDays } = routing
  return {
    ...endpoint,
    types: [...types],
    routing: {
      sources: sources === undefined ? undefined : [...sources],
      destinations: destinations === undefined ? undefined : [...destinations],
      activeWithinDays,
    },
    oldSecretUntil: old.sort().at(-1),
    ...(backlog ?? { waiting: 0, dead: 0 }),
  }
}
