/** Where time comes from; tests pass one they can move. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** ISO 8601 in UTC with milliseconds: the one form in which times are stored, so that text order is time order. */
export function isoNow(clock: Clock): string {
  return clock.now().toISOString()
}
