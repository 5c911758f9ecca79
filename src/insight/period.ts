import type { Period } from './audit-case-store.ts'
import { insightErrors } from './errors.ts'

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

/**
 * A period from what people write; a date stands for its first moment in UTC.
 *
 * @throws CodedError PERIOD_INVALID, PERIOD_EMPTY
 */
export function readPeriod({ from, to }: Period): Period {
  const [start, end] = [from, to].map((text) => (text === undefined ? undefined : instant(text)))
  if (start !== undefined && end !== undefined && start >= end) throw insightErrors.PERIOD_EMPTY({ from, to })
  return { ...(start !== undefined && { from: start }), ...(end !== undefined && { to: end }) }
}

function instant(text: string): string {
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN
  // `Date` reads 31 February as 3 March.
  if (
    Number.isNaN(time) ||
    new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() !== Number(text.slice(8, 10))
  )
    throw insightErrors.PERIOD_INVALID({ value: text })
  return new Date(time).toISOString()
}
