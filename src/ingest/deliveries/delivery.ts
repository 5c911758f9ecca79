import type { NewJob } from '../../platform/jobs/job-store.ts'

export const DELIVERY_STATUSES = ['waiting', 'applied', 'ignored', 'failed'] as const

/**
 * - `waiting`: stored, not applied yet;
 * - `applied`: its changes are in the database;
 * - `ignored`: it does not concern threads;
 * - `failed`: it could not be applied, for the reason in `error`. If the fault may be temporary, a job tries again.
 */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** A received webhook request, as it may be shown. */
export interface Delivery {
  readonly id: string
  readonly kind: string
  readonly event: string
  /** The sender's id, unique per source and kind. */
  readonly externalId: string
  readonly receivedAt: string
  readonly status: DeliveryStatus
  /** How often applying it was attempted. */
  readonly attempts: number
  readonly finishedAt?: string
  readonly error?: DeliveryError
}

export interface DeliveryError {
  readonly code: string
  readonly message: string
}

/** A delivery that waits to be applied. */
export interface PendingDelivery extends Pick<Delivery, 'id' | 'kind' | 'event' | 'receivedAt' | 'attempts'> {
  readonly sourceId: string
  readonly sequence?: number
  /** The signed body, as text. */
  readonly body: string
}

/** A verified delivery that is not stored yet. */
export interface NewDelivery {
  readonly id: string
  readonly sourceId: string
  readonly kind: string
  readonly event: string
  readonly externalId: string
  readonly sequence?: number
  readonly body: string
}

export const APPLY = 'ingest.apply-deliveries'
export const APPLY_ONE = 'ingest.apply-delivery'
export const FORGET = 'ingest.forget-deliveries'

/** How long deliveries are collected before they are applied together, so that a thread is recomputed once for all of them. */
const GATHERING_MS = 200

/** The job that applies the waiting deliveries of a source. */
export function applyJob(sourceId: string, now: Date): NewJob {
  return {
    type: APPLY,
    payload: { sourceId },
    dedupeKey: `${APPLY}:${sourceId}`,
    runAt: new Date(now.getTime() + GATHERING_MS),
  }
}

/** The job that makes one attempt at one delivery. */
export function applyOneJob(deliveryId: string, runAt: Date): NewJob {
  return { type: APPLY_ONE, payload: { deliveryId }, dedupeKey: `${APPLY_ONE}:${deliveryId}`, runAt }
}
