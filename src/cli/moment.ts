import { InvalidArgumentError } from 'commander'

/** A date (midnight UTC) or a moment of ISO 8601, as stored times are written. */
export function momentOf(text: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)
  const time = whole ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time))
    throw new InvalidArgumentError('It takes a date such as 2026-01-12, or 2026-01-12T09:30:00Z.')
  return new Date(time).toISOString()
}
