import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import type { EventType } from '../endpoints/endpoint.ts'

/** A message to endpoints, in the envelope of Standard Webhooks. */
export interface Message {
  /** The `webhook-id`, the same for every endpoint and at every attempt. */
  readonly id: string
  readonly type: EventType
  readonly audience: Audience
  /** The JSON that is sent and signed, byte for byte. */
  readonly payload: string
}

/** `waiting` for its next attempt, `delivered`, or `dead`: given up, for a person to retry. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'dead'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** One message on its way to one endpoint. */
export interface Delivery {
  readonly id: string
  readonly messageId: string
  readonly endpointId: string
  readonly type: EventType
  readonly status: DeliveryStatus
  readonly attempts: number
  /** Only while it waits. */
  readonly nextAttemptAt?: string
  readonly lastAttemptAt?: string
  /** HTTP status of the last answer; absent when none came. */
  readonly lastStatus?: number
  /** Why the last attempt failed, in a sentence. */
  readonly lastError?: string
  readonly createdAt: string
  /** When it was delivered or given up. */
  readonly resolvedAt?: string
}

/** A delivery that a sender has claimed. */
export interface ClaimedDelivery {
  readonly id: string
  readonly messageId: string
  readonly type: EventType
  readonly payload: string
  /** Attempts so far, this one included. */
  readonly attempts: number
  readonly claim: string
}

/** The payload of a message, as JSON. */
export function envelope(type: string, timestamp: string, data: object): string {
  return JSON.stringify({ type, timestamp, data })
}

/**
 * Keeps the deliveries whose time has come. The first attempt is due at once, whatever time it was given: the clock may
 * have been set back since.
 */
export function whereDue(query: Knex.QueryBuilder, now: string): Knex.QueryBuilder {
  return query.where((due) => due.where('next_attempt_at', '<=', now).orWhere({ attempts: 0, claim: null }))
}
