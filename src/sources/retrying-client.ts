import type { Response } from 'undici'
import { CodedError } from '../platform/errors.ts'
import type { Outbound } from '../platform/outbound.ts'
import { sourceErrors } from './errors.ts'
import type { ReadProgress } from './record.ts'

/** The clock, timer and randomness of waiting; tests replace them. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number
  /** @throws the signal's reason if it is aborted meanwhile */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** From 0 to 1. */
  random(): number
}

interface RetryingClientOptions {
  readonly outbound: Pick<Outbound, 'fetch'>
  readonly headers: Readonly<Record<string, string>>
  readonly pace: Pace
  readonly progress: ReadProgress
  readonly signal?: AbortSignal
}

/** The resource does not exist, or the key may not see it. */
type Unavailable = { readonly unavailable: 401 | 403 | 404 | 410 }
type Answer = { readonly value: unknown } | Unavailable

export interface RetryingClient {
  /**
   * The JSON at `url`.
   *
   * @throws CodedError of Outbound; API_UNAVAILABLE, API_ANSWER_INVALID after {@link MOST_ATTEMPTS} attempts; API_BUSY
   */
  get(url: URL): Promise<Answer>
}

/** Attempts per request, with waits of one second, two, four … after failures. */
const MOST_ATTEMPTS = 6
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** How often one request may be deferred by the server, and the longest wait that it accepts. */
const MOST_DEFERRALS = 30
const LONGEST_DEFERRAL_MS = 900_000
const unavailable: readonly number[] = [401, 403, 404, 410]

/**
 * Sends requests at the rate that the server allows. When it defers one (429, Retry-After in seconds or as a date,
 * Discourse's `extras.wait_seconds`, an exhausted rate limit), all requests of this client wait until then. A temporary
 * failure (5xx, a broken connection, an error page in place of JSON) is retried after a growing wait with jitter, so that
 * many clients do not return at once. Why this is not a library: docs/decisions/0032-retrying-client.md.
 */
export function createRetryingClient(options: RetryingClientOptions): RetryingClient {
  const { outbound, headers, pace, progress, signal } = options
  let notBefore = 0

  async function attempt(url: URL): Promise<Answer | 'later'> {
    const response = await outbound.fetch(url, { headers, signal })
    const body = await readBody(response, url)
    progress.bytesRead += body.length
    const later = deferral(response, body, pace.now())
    if (later !== undefined) notBefore = Math.max(notBefore, pace.now() + later)
    if (response.status === 429) return 'later'
    if (unavailable.includes(response.status))
      return { unavailable: response.status as Unavailable['unavailable'] }
    if (!response.ok) throw sourceErrors.API_UNAVAILABLE({ url: shown(url), status: response.status })
    return { value: parse(body, url) }
  }

  return {
    async get(url) {
      let attempts = 0
      let deferrals = 0
      for (;;) {
        if (notBefore > pace.now()) await pace.sleep(notBefore - pace.now(), signal)
        try {
          const answer = await attempt(url)
          if (answer !== 'later') return answer
          deferrals += 1
          if (deferrals === MOST_DEFERRALS) throw sourceErrors.API_BUSY({ url: shown(url), times: deferrals })
        } catch (fault) {
          attempts += 1
          if (!isTemporary(fault) || attempts === MOST_ATTEMPTS) throw fault
          const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1))
          await pace.sleep(wait / 2 + (wait / 2) * pace.random(), signal)
        }
      }
    },
  }
}

/** @throws API_UNAVAILABLE if the connection breaks within the body */
async function readBody(response: Response, url: URL): Promise<string> {
  try {
    return await response.text()
  } catch (fault) {
    throw sourceErrors.API_UNAVAILABLE(
      { url: shown(url), status: 'the response was cut off' },
      { cause: fault },
    )
  }
}

function parse(body: string, url: URL): unknown {
  try {
    return JSON.parse(body)
  } catch {
    const reason = /^\s*</.test(body) ? 'an HTML page instead of JSON' : 'not JSON'
    throw sourceErrors.API_ANSWER_INVALID({ url: shown(url), reason })
  }
}

const temporary = new Set(['OUTBOUND_FAILED', 'API_UNAVAILABLE', 'API_ANSWER_INVALID'])

/** Whether a failure may be temporary. 4xx, except 408 and 429, mean that the request itself is at fault. */
function isTemporary(fault: unknown): boolean {
  if (!(fault instanceof CodedError) || !temporary.has(fault.code)) return false
  const { status } = fault.details
  return typeof status !== 'number' || status >= 500 || status === 408
}

/** For how many milliseconds the server wants no requests; undefined if it does not state any. */
function deferral({ status, headers }: Response, body: string, now: number): number | undefined {
  const stated =
    status === 429 ? (retryAfter(headers, now) ?? bodyWait(body) ?? FIRST_WAIT_MS * 10) : usedUp(headers, now)
  const least = status === 429 ? FIRST_WAIT_MS : 0
  return stated === undefined ? undefined : Math.min(LONGEST_DEFERRAL_MS, Math.max(least, stated))
}

function retryAfter(headers: Response['headers'], now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : date - now
}

/** Discourse states the wait in the body. */
function bodyWait(body: string): number | undefined {
  try {
    const { extras } = JSON.parse(body) as { extras?: { wait_seconds?: unknown } }
    const seconds = extras?.wait_seconds
    return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined
  } catch {
    return undefined
  }
}

/** The wait until a rate limit is reset (in seconds, or as a time since 1970), if none of it remains. */
function usedUp(headers: Response['headers'], now: number): number | undefined {
  const read = (name: string) => headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`)
  const reset = Number(read('reset') ?? Number.NaN)
  if (read('remaining')?.trim() !== '0' || Number.isNaN(reset)) return undefined
  return reset > 1e9 ? reset * 1000 - now : reset * 1000
}

/** The URL without its query, which is long and not informative. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname
}
