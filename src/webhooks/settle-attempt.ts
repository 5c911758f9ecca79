import { system } from '../access/index.ts'
import { CodedError } from '../platform/index.ts'
import type { ClaimedDelivery } from './delivery.ts'
import type { SendDeps } from './deps.ts'
import { disableEndpoint } from './disable-endpoint.ts'
import { explainFailure } from './explain-failure.ts'
import type { Posted } from './post-message.ts'
import { retryAfterMs, retryDelayMs } from './retry-schedule.ts'
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
export async function settleAttempt(
  deps: SendDeps,
  endpointId: string,
  delivery: ClaimedDelivery,
  posted: Posted,
): Promise<string | undefined> {
  const error = explainFailure(posted)
  const status = 'answer' in posted ? posted.answer.status : undefined
  const attempt: Attempt = { ...(status !== undefined && { status }), ...(error !== undefined && { error }) }
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
    await disableEndpoint(deps, endpoint, { reason: 'it answered 410 Gone', actor: system })
  else if (days > 0 && failingMs >= days * DAY_MS)
    await disableEndpoint(deps, endpoint, {
      reason: `nothing has arrived since ${endpoint.failingSince}`,
      actor: system,
    })
}
