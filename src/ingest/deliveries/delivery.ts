import type { NewJob } from '../../platform/jobs/job-store.ts'

export const DELIVERY_STATUSES = ['waiting', 'applied', 'ignored', 'failed'] as const

/**
 * - `waiting`: stored, to be applied;
 * - `applied`: what it says is in the database;
 * - `ignored`: it says nothing that threads are made of;
 * - `failed`: it could not be applied, `error` says why. A fault that may pass is tried again by a job.
 */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** What one webhook request brought, as it may be shown. */
export interface Delivery {
  readonly id: string
  readonly kind: string
  readonly event: string
  /** The sender's id of it: no two of a source and kind. */
  readonly externalId: string
  readonly receivedAt: string
  readonly status: DeliveryStatus
  /** How often it was tried. */
  readonly attempts: number
  readonly finishedAt?: string
  readonly error?: DeliveryError
}

export interface DeliveryError {
  readonly code: string
  readonly message: string
}

/** A delivery that is to be applied. */
export interface PendingDelivery extends Pick<Delivery, 'id' | 'kind' | 'event' | 'receivedAt' | 'attempts'> {
  readonly sourceId: string
  readonly sequence?: number
  /** What was signed, as text. */
  readonly body: string
}

/** A verified delivery on its way into the database. */
export interface NewDelivery {
  readonly id: string
  readonly sourceId: string
  readonly kind: string
  readonly event: string
  readonly externalId: string
  readonly sequence?: number
  readonly body: string
}

export const APPLY = 'threads.apply-deliveries'
export const APPLY_ONE = 'threads.apply-delivery'
export const FORGET = 'threads.forget-deliveries'

/** How long deliveries gather before they are applied together: a thread is settled once for all that concerns it. */
const GATHERING_MS = 200

/** Applies whatever of a source waits. */
export function applyJob(sourceId: string, now: Date): NewJob {
  return {
    type: APPLY,
    payload: { sourceId },
    dedupeKey: `${APPLY}:${sourceId}`,
    runAt: new Date(now.getTime() + GATHERING_MS),
  }
}

/** Tries one delivery once. */
export function applyOneJob(deliveryId: string, runAt: Date): NewJob {
  return { type: APPLY_ONE, payload: { deliveryId }, dedupeKey: `${APPLY_ONE}:${deliveryId}`, runAt }
}
