const SEQUENCE_DIGITS = 15

/**
 * A time with the sender's number of an event as digits far below the millisecond, so that texts compare as (time,
 * number): of two events of one time the one with the lower number is the earlier one.
 *
 * @param time ISO 8601 in UTC with milliseconds
 */
export function stamped(time: string, sequence: number | undefined): string {
  return sequence === undefined
    ? time
    : `${time.slice(0, -1)}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}Z`
}

/** The stamp of an event that is known to follow what bears another stamp, and of nothing else. */
export function stampedAfter(stamp: string, sequence: number | undefined): string {
  const time = `${stamp.slice(0, 23)}Z`
  const sameTime = stamped(time, sequence)
  if (sameTime > stamp) return sameTime
  return stamped(new Date(new Date(time).getTime() + 1).toISOString(), sequence)
}
