import { type Actor, system } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { stableFraction } from '../../platform/ids.ts'
import type { SendDeps, WebhookDeps } from '../deps.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { explainFailure, type PostResult } from './post-message.ts'
import type { Attempt } from './send-queue.ts'

const GONE = 410
const ASK_TO_WAIT: readonly number[] = [429, 503]
const DAY_MS = 86_400_000

/**
 * Records the outcome of an attempt: delivered, to be retried, or dead. As everywhere, the endpoint is written before
 * its deliveries, so that two processes cannot deadlock.
 *
 * @returns what went wrong, if anything did
 */
export async function recordAttempt(
  deps: SendDeps,
  endpointId: string,
  delivery: ClaimedDelivery,
  posted: PostResult,
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
    const requestedMs = 'answer' in posted ? requestedWait(posted.answer, now) : undefined
    const holdUntil =
      requestedMs === undefined ? undefined : new Date(now.getTime() + requestedMs).toISOString()
    await deps.endpoints.recordFailure(endpointId, holdUntil)
    const delayMs = status === GONE ? undefined : retryDelayMs(delivery.id, delivery.attempts, requestedMs)
    if (delayMs === undefined) await deps.queue.abandon(delivery, attempt)
    else await deps.queue.retryLater(delivery, attempt, new Date(now.getTime() + delayMs))
    await disableIfFailing(deps, endpointId, status)
  }
}

async function delivered(
  { endpoints, queue }: SendDeps,
  endpointId: string,
  delivery: ClaimedDelivery,
  attempt: Attempt,
): Promise<void> {
  await endpoints.recordSuccess(endpointId)
  await queue.delivered(delivery, attempt)
}

function requestedWait(answer: { status: number; retryAfter: string | null }, now: Date): number | undefined {
  return ASK_TO_WAIT.includes(answer.status) ? retryAfterMs(answer.retryAfter, now) : undefined
}

/** Disables an endpoint that answered 410, or where nothing has arrived for days. */
async function disableIfFailing(
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
 * Disables an endpoint, in the transaction that has locked it. Its waiting deliveries become dead; they can be retried
 * once it is enabled again.
 */
export async function disableEndpoint(
  { endpoints, deliveries, audit }: Pick<WebhookDeps, 'endpoints' | 'deliveries' | 'audit'>,
  endpoint: Endpoint,
  { reason, actor }: { readonly reason: string; readonly actor: Actor },
): Promise<void> {
  if (!endpoint.enabled) return
  await endpoints.change({ ...endpoint, enabled: false, disabledReason: reason })
  await deliveries.abandonWaiting(endpoint.id, `The endpoint was disabled: ${reason}`)
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

/** The longest `Retry-After` that is followed. */
const LONGEST_RETRY_AFTER_MS = 24 * HOUR

/** The share by which a delay is stretched at most, so that deliveries that failed together are not retried together. */
const JITTER = 0.2

/**
 * The delay before the next attempt after `attempts` attempts, in milliseconds.
 *
 * @param requestedMs the wait that the receiver asked for; it lengthens the delay, never shortens it
 * @returns undefined after the last attempt
 */
export function retryDelayMs(deliveryId: string, attempts: number, requestedMs = 0): number | undefined {
  const delay = RETRY_DELAYS_MS[attempts - 1]
  if (delay === undefined) return undefined
  const spread = 1 + JITTER * stableFraction(deliveryId, String(attempts))
  return Math.max(Math.round(delay * spread), Math.min(requestedMs, LONGEST_RETRY_AFTER_MS))
}

/**
 * Reads `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
 *
 * @returns milliseconds from now, at most a day; undefined when it is neither or in the past
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? ''
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * SECOND : httpDate(text) - now.getTime()
  return ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : undefined
}

/** Parses an HTTP date: `Date.parse` alone accepts almost anything. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2,8},? .*\bGMT$/.test(text) ? Date.parse(text) : Number.NaN
}
