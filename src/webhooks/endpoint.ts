import { type Audience, visibleTo } from '../access/index.ts'
import type { Destination } from '../triage/index.ts'

/** What receivers can be told of. */
export const EVENT_TYPES = ['routing.decided', 'model.activated', 'article.published', 'flag.raised'] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** Which routing decisions a receiver wants; without a list, whatever the source or destination. */
export interface RoutingFilter {
  /** Names of sources. */
  readonly sources?: readonly string[]
  /** As `queue`, or as `queue:agents`. */
  readonly destinations?: readonly string[]
  /** Only of threads in which something happened at most so many days before the decision. */
  readonly activeWithinDays: number | 'any'
}

/** Long enough for a weekend and a holiday, short enough that an imported archive stays untold. */
export const DEFAULT_ROUTING: RoutingFilter = { activeWithinDays: 7 }

/** A secret in its standard form, `whsec_` and base64; `until` on one that was replaced. */
export interface Secret {
  readonly value: string
  readonly until?: string
}

/** Somebody's server, and what it is told. */
export interface Endpoint {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly EventType[]
  /** It is told of nothing that a reader of this audience may not see. */
  readonly audience: Audience
  readonly routing: RoutingFilter
  /** The one in force first. */
  readonly secrets: readonly Secret[]
  readonly enabled: boolean
  readonly disabledReason?: string
  /** Counts changes of what is set here, for If-Match. */
  readonly version: number
  /** When the first attempt failed since which none has succeeded. */
  readonly failingSince?: string
  /** The receiver asked to be left alone until then. */
  readonly holdUntil?: string
  readonly createdAt: string
  readonly updatedAt: string
}

/** What decides whether an endpoint is told. */
export interface Subject {
  readonly type: EventType
  /** Who may know of it. */
  readonly audience: Audience
  /** Of a routing decision. */
  readonly routing?: {
    readonly source: string
    readonly destination: Destination
    readonly decidedAt: string
    /** When something last happened in the thread. */
    readonly activeAt: string
  }
}

const DAY_MS = 86_400_000

/** Whether an endpoint is to be told of something. */
export function wants(endpoint: Endpoint, { type, audience, routing }: Subject): boolean {
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
