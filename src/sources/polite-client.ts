import type { Response } from 'undici'
import { CodedError } from '../platform/errors.ts'
import type { Outbound } from '../platform/outbound.ts'
import { sourceErrors } from './errors.ts'
import type { ReadProgress } from './record.ts'

/** What passes while requests wait; a test has its own. */
export interface Pace {
  /** Milliseconds since 1970. */
  now(): number
  /** @throws the signal's reason when it is aborted meanwhile */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
  /** From 0 to 1. */
  random(): number
}

interface PoliteClientOptions {
  readonly outbound: Pick<Outbound, 'fetch'>
  readonly headers: Readonly<Record<string, string>>
  readonly pace: Pace
  readonly progress: ReadProgress
  readonly signal?: AbortSignal
}

/** An answer that is no answer to this question: the thing is gone, or not for this key. */
type Unavailable = { readonly unavailable: 401 | 403 | 404 | 410 }
type Answer = { readonly value: unknown } | Unavailable

export interface PoliteClient {
  /**
   * The JSON at `url`.
   *
   * @throws CodedError of Outbound; API_UNAVAILABLE, API_ANSWER_INVALID after {@link TRIES} tries; API_BUSY
   */
  get(url: URL): Promise<Answer>
}

/** Tries of one request that fails: a second, two, four … apart. */
const TRIES = 6
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** Times one request may be told to come back later, and the longest that it is ready to wait. */
const MOST_DEFERRALS = 30
const LONGEST_DEFERRAL_MS = 900_000
const unavailable: readonly number[] = [401, 403, 404, 410]

/**
 * Asks a server as often as it likes to be asked: where it says "later" (429, Retry-After in seconds or as a date,
 * Discourse's `extras.wait_seconds`, a rate limit that is used up), all requests of this client wait until then. What
 * fails on the way (5xx, a cut connection, an error page where JSON is due) is tried again after a growing wait with
 * jitter, so that many clients do not come back at once.
 */
export function createPoliteClient(options: PoliteClientOptions): PoliteClient {
  const { outbound, headers, pace, progress, signal } = options
  let notBefore = 0

  async function attempt(url: URL): Promise<Answer | 'later'> {
    const response = await outbound.fetch(url, { headers, ...(signal && { signal }) })
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
      let tries = 0
      let deferrals = 0
      for (;;) {
        if (notBefore > pace.now()) await pace.sleep(notBefore - pace.now(), signal)
        try {
          const answer = await attempt(url)
          if (answer !== 'later') return answer
          deferrals += 1
          if (deferrals === MOST_DEFERRALS) throw sourceErrors.API_BUSY({ url: shown(url), times: deferrals })
        } catch (fault) {
          tries += 1
          if (!isPassing(fault) || tries === TRIES) throw fault
          const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1))
          await pace.sleep(wait / 2 + (wait / 2) * pace.random(), signal)
        }
      }
    },
  }
}

/** @throws OUTBOUND_FAILED's like for a connection that is cut in the middle of the body */
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

const passing = new Set(['OUTBOUND_FAILED', 'API_UNAVAILABLE', 'API_ANSWER_INVALID'])

/** 4xx but 429 say that the request is at fault, now and later. */
function isPassing(fault: unknown): boolean {
  if (!(fault instanceof CodedError) || !passing.has(fault.code)) return false
  const { status } = fault.details
  return typeof status !== 'number' || status >= 500 || status === 408
}

/** Milliseconds that the server wants to be left alone; undefined where it does not say so. */
function deferral({ status, headers }: Response, body: string, now: number): number | undefined {
  const asked =
    status === 429 ? (retryAfter(headers, now) ?? bodyWait(body) ?? FIRST_WAIT_MS * 10) : usedUp(headers, now)
  const least = status === 429 ? FIRST_WAIT_MS : 0
  return asked === undefined ? undefined : Math.min(LONGEST_DEFERRAL_MS, Math.max(least, asked))
}

function retryAfter(headers: Response['headers'], now: number): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : date - now
}

/** Discourse says in the body how long to wait. */
function bodyWait(body: string): number | undefined {
  try {
    const { extras } = JSON.parse(body) as { extras?: { wait_seconds?: unknown } }
    const seconds = extras?.wait_seconds
    return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1000 : undefined
  } catch {
    return undefined
  }
}

/** Of proxies in front: nothing remains until the limit is reset (in seconds, or as a time since 1970). */
function usedUp(headers: Response['headers'], now: number): number | undefined {
  const read = (name: string) => headers.get(`ratelimit-${name}`) ?? headers.get(`x-ratelimit-${name}`)
  const reset = Number(read('reset') ?? Number.NaN)
  if (read('remaining')?.trim() !== '0' || Number.isNaN(reset)) return undefined
  return reset > 1e9 ? reset * 1000 - now : reset * 1000
}

/** Without the query, which is long and says nothing. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname
}
