import { type Actor, system } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { stableFraction } from '../../platform/ids.ts'
import type { SendDeps, WebhookDeps } from '../deps.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { explainFailure, type Posted } from './post-message.ts'
import type { Attempt } from './send-queue.ts'

const GONE = 410
const ASK_TO_WAIT: readonly number[] = [429, 503]
const DAY_MS = 86_400_000

/**
 * Writes down what came of an attempt: delivered, to be tried again, or dead. The endpoint is always written before
 * its deliveries, as everywhere, so that two who do this at once do not wait for each other.
 *
 * @returns what went wrong, if anything did
 */
export async function recordAttempt(
  deps: SendDeps,
  endpointId: string,
  delivery: ClaimedDelivery,
  posted: Posted,
): Promise<string | undefined> {
  const error = explainFailure(posted)
  const status = 'answer' in posted ? posted.answer.status : undefined
  const attempt: Attempt = { status, error }
  await deps.db.transaction(() =>
    error === undefined ? delivered(deps, endpointId, delivery, attempt) : failed(),
  )
  return error

  async function failed(): Promise<void> {
    const now = deps.clock.now()
    const wishMs = 'answer' in posted ? wishOf(posted.answer, now) : undefined
    const holdUntil = wishMs === undefined ? undefined : new Date(now.getTime() + wishMs).toISOString()
    await deps.endpoints.noteFailure(endpointId, holdUntil)
    const delayMs = status === GONE ? undefined : retryDelayMs(delivery.id, delivery.attempts, wishMs)
    if (delayMs === undefined) await deps.queue.bury(delivery, attempt)
    else await deps.queue.putBack(delivery, attempt, new Date(now.getTime() + delayMs))
    await disableIfHopeless(deps, endpointId, status)
  }
}

async function delivered(
  { endpoints, queue }: SendDeps,
  endpointId: string,
  delivery: ClaimedDelivery,
  attempt: Attempt,
): Promise<void> {
  await endpoints.noteSuccess(endpointId)
  await queue.delivered(delivery, attempt)
}

function wishOf(answer: { status: number; retryAfter: string | null }, now: Date): number | undefined {
  return ASK_TO_WAIT.includes(answer.status) ? retryAfterMs(answer.retryAfter, now) : undefined
}

/** Stops for good where the receiver says so, or where nothing has arrived for days. */
async function disableIfHopeless(
  deps: SendDeps,
  endpointId: string,
  status: number | undefined,
): Promise<void> {
  const endpoint = await deps.endpoints.requireForChange(endpointId, system.audience).catch((fault) => {
    if (fault instanceof CodedError && fault.code === 'WEBHOOK_NOT_FOUND') return undefined
    throw fault
  })
  if (endpoint?.failingSince === undefined) return
  const failingMs = deps.clock.now().getTime() - Date.parse(endpoint.failingSince)
  const days = deps.disableAfterDays
  if (status === GONE)
    await disableEndpoint(deps, endpoint, { reason: 'it responded 410 Gone', actor: system })
  else if (days > 0 && failingMs >= days * DAY_MS)
    await disableEndpoint(deps, endpoint, {
      reason: `nothing has been delivered since ${endpoint.failingSince}`,
      actor: system,
    })
}

/**
 * Tells an endpoint nothing more, in the transaction that holds it. What waited is with the dead deliveries, from
 * where it can be sent once the endpoint is enabled again.
 */
export async function disableEndpoint(
  { endpoints, deliveries, audit }: Pick<WebhookDeps, 'endpoints' | 'deliveries' | 'audit'>,
  endpoint: Endpoint,
  { reason, actor }: { readonly reason: string; readonly actor: Actor },
): Promise<void> {
  if (!endpoint.enabled) return
  await endpoints.change({ ...endpoint, enabled: false, disabledReason: reason })
  await deliveries.buryWaiting(endpoint.id, `The endpoint was disabled: ${reason}`)
  await audit.record('webhook.disabled', actor, endpoint.id, {
    before: { enabled: true },
    after: { enabled: false, reason },
  })
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Delays after the first attempt, the second …: the example schedule of Standard Webhooks 1.0.0. */
export const RETRY_DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

/** The longest that a receiver's `Retry-After` is followed. */
const LONGEST_WISH_MS = 24 * HOUR

/** How far a delay is stretched at most, so that what failed together does not come back together. */
const JITTER = 0.2

/**
 * When to try again after `attempts` attempts, in milliseconds from now.
 *
 * @param wishMs what the receiver asked for; it makes the wait longer, never shorter
 * @returns undefined after the last attempt
 */
export function retryDelayMs(deliveryId: string, attempts: number, wishMs = 0): number | undefined {
  const delay = RETRY_DELAYS_MS[attempts - 1]
  if (delay === undefined) return undefined
  const spread = 1 + JITTER * stableFraction(deliveryId, String(attempts))
  return Math.max(Math.round(delay * spread), Math.min(wishMs, LONGEST_WISH_MS))
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
 *
 * @returns milliseconds from now, at most a day; undefined when it is neither or over
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? ''
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : httpDate(text) - now.getTime()
  return ms > 0 ? Math.min(ms, LONGEST_WISH_MS) : undefined
}

/** `Date.parse` takes almost anything for a date; one of HTTP begins with the day and ends with GMT. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2,8},? .*\bGMT$/.test(text) ? Date.parse(text) : Number.NaN
}
