import type { Audience } from '../../access/audience.ts'
import type { EventType } from '../endpoints/endpoint.ts'

/** What receivers are sent, in the envelope of Standard Webhooks. */
export interface Message {
  /** The `webhook-id`, the same for every endpoint and at every attempt. */
  readonly id: string
  readonly type: EventType
  readonly audience: Audience
  /** The JSON that is sent and signed, byte for byte. */
  readonly payload: string
}

/** `waiting` for its next attempt, `delivered`, or `dead`: given up, to be looked at by a person. */
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
  /** Of one that waits. */
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

/** A delivery that a sender has taken on. */
export interface ClaimedDelivery {
  readonly id: string
  readonly messageId: string
  readonly payload: string
  /** How often it has been tried, this time included. */
  readonly attempts: number
  readonly claim: string
}

/** The JSON of a message. */
export function envelope(type: string, timestamp: string, data: object): string {
  return JSON.stringify({ type, timestamp, data })
}
