import { stableFraction } from '../platform/index.ts'

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
