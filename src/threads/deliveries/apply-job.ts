import type { NewJob } from '../../platform/index.ts'

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
