import type { JobLog, Worker } from '../../platform/jobs/job-runner.ts'
import type { Wakeups } from '../../platform/jobs/wakeups.ts'
import type { SendDeps } from '../deps.ts'
import type { Endpoint } from '../endpoints/endpoint.ts'
import { signatureHeaders } from '../endpoints/secrets.ts'
import type { ClaimedDelivery } from './delivery.ts'
import { postMessage, TIMEOUT_MS } from './post-message.ts'
import { recordAttempt } from './record-attempt.ts'
import { isStillVisible } from './still-visible.ts'

export interface SenderOptions {
  readonly pollMs?: number
  /** For one attempt, from the first byte sent to the last one read. */
  readonly timeoutMs?: number
}

/** Requests under way at once: to all endpoints, and to one. */
const AT_ONCE = 64
const AT_ONCE_AN_ENDPOINT = 5
/** Requests at once to an endpoint that fails: only one request waits for a receiver that hangs. */
const AT_ONCE_WHILE_FAILING = 1
const NO_LONGER_VISIBLE =
  "Not sent: what it is about is no longer for the endpoint's audience, or was archived or removed"
/** Time to record the outcome of an attempt, beyond the attempt itself. */
const LEASE_MARGIN_MS = 45_000

/**
 * Starts sending deliveries that are due. It runs beside the job runner, because it only waits for sockets. A receiver
 * that hangs delays its own deliveries only. Any number of processes may send at once.
 */
export function startSender(
  deps: SendDeps & { readonly wakeups: Wakeups; readonly log: JobLog },
  { pollMs = 500, timeoutMs = TIMEOUT_MS }: SenderOptions = {},
): Worker {
  const { endpoints, queue, log } = deps
  const underWay = new Map<string, number>()
  const attempts = new Set<Promise<void>>()
  const stopping = new AbortController()
  const cutting = new AbortController()
  const loop = run()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const signalled = deps.wakeups.next(pollMs, stopping.signal)
      try {
        if (!(await claimDeliveries())) await signalled
      } catch (error) {
        log.error({ err: error }, 'the webhook sender cannot reach the database')
        await signalled
      }
    }
  }

  /** @returns whether any delivery was claimed, so that there may be more */
  async function claimDeliveries(): Promise<boolean> {
    let taken = 0
    for (const endpoint of await endpoints.due()) {
      const limit = endpoint.failingSince === undefined ? AT_ONCE_AN_ENDPOINT : AT_ONCE_WHILE_FAILING
      const free = Math.min(limit - (underWay.get(endpoint.id) ?? 0), AT_ONCE - attempts.size)
      if (free <= 0 || stopping.signal.aborted) continue
      const claimed = await queue.claim(endpoint.id, free, timeoutMs + LEASE_MARGIN_MS)
      for (const delivery of claimed) begin(endpoint, delivery)
      taken += claimed.length
    }
    return taken > 0
  }

  function begin(endpoint: Endpoint, delivery: ClaimedDelivery): void {
    count(endpoint.id, 1)
    const done = attempt(endpoint, delivery)
      .catch((error) =>
        log.error(
          { err: error, delivery: delivery.id },
          'cannot record a webhook attempt; it is sent again when its lease expires',
        ),
      )
      .finally(() => {
        count(endpoint.id, -1)
        attempts.delete(done)
        deps.wakeups.wake()
      })
    attempts.add(done)
  }

  function count(endpointId: string, change: 1 | -1): void {
    const now = (underWay.get(endpointId) ?? 0) + change
    if (now === 0) underWay.delete(endpointId)
    else underWay.set(endpointId, now)
  }

  async function attempt(endpoint: Endpoint, delivery: ClaimedDelivery): Promise<void> {
    if (!(await isStillVisible(deps, endpoint, delivery))) return queue.withdraw(delivery, NO_LONGER_VISIBLE)
    const message = { id: delivery.messageId, body: delivery.payload }
    const posted = await postMessage(deps.outbound, {
      url: endpoint.url,
      headers: signatureHeaders(message, endpoint.secrets, deps.clock.now()),
      body: message.body,
      timeoutMs,
      signal: cutting.signal,
    })
    if ('failure' in posted && cutting.signal.aborted) return queue.release(delivery)
    const error = await recordAttempt(deps, endpoint.id, delivery, posted)
    if (error === undefined) return
    // A receiver's answer may hold anything: it is kept with the delivery, not in the log.
    const answer = 'failure' in posted ? posted.failure.code : posted.answer.status
    const about = { endpoint: endpoint.id, host: new URL(endpoint.url).host, delivery: delivery.id }
    log.info({ ...about, attempts: delivery.attempts, answer }, 'webhook not delivered')
  }

  return {
    async stop(graceMs = 10_000) {
      stopping.abort()
      await loop
      const all = Promise.allSettled([...attempts])
      const cut = setTimeout(() => cutting.abort(), graceMs)
      await all
      clearTimeout(cut)
    },
  }
}
