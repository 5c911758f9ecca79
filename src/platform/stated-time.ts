import { defineErrors } from './errors.ts'

const errors = defineErrors({
  TIME_UNKNOWN: [
    400,
    '{time} is a time that no clock here shows, such as a leap second. Name the second before or after it.',
  ],
})

/**
 * A time that a request states, in the format of stored times, which are compared as text.
 *
 * @throws CodedError TIME_UNKNOWN for a leap second, which the format `date-time` allows
 */
export function storedTime(text: string): string {
  const time = new Date(text)
  if (Number.isNaN(time.getTime())) throw errors.TIME_UNKNOWN({ time: text })
  return time.toISOString()
}
