import { quote } from '../../text/personal-data/redact.ts'
import type { RejectionCode } from '../errors.ts'
import { toIsoTime } from '../reading/values.ts'
import type { Place, SourceItem } from '../record.ts'

const GREATEST_NUMBER = 2_147_483_647

/**
 * Reads the attributes of a row as the expected types and remembers the first mismatch. If `problem` is set, the returned
 * values are placeholders and the row must be rejected.
 */
export class RowFields {
  problem: { readonly code: RejectionCode; readonly reason: string } | undefined
  readonly #values: Readonly<Record<string, string | undefined>>

  constructor(values: Readonly<Record<string, string | undefined>>) {
    this.#values = values
  }

  /** An id: a whole number, as its digits; -1 is Stack Exchange's Community user. */
  id(field: string): string {
    return this.optionalId(field) ?? this.#missing(field)
  }

  optionalId(field: string): string | undefined {
    const value = this.#values[field]
    if (value === undefined || /^(?:-1|0|[1-9]\d{0,14})$/.test(value)) return value
    return this.#invalid(field, value, 'is not an id')
  }

  text(field: string): string {
    return this.#values[field] ?? this.#missing(field)
  }

  optionalText(field: string): string | undefined {
    return this.#values[field]
  }

  /** ISO 8601 in UTC; a time without a zone is UTC already. */
  time(field: string): string {
    return this.optionalTime(field) ?? this.#missing(field)
  }

  optionalTime(field: string): string | undefined {
    const value = this.#values[field]
    if (value === undefined) return undefined
    return toIsoTime(value) ?? this.#invalid(field, value, 'is not a date')
  }

  optionalNumber(field: string, least: number): number | undefined {
    const value = this.#values[field]
    if (value === undefined) return undefined
    const number = /^-?\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    if (number >= least && number <= GREATEST_NUMBER) return number
    this.#invalid(field, value, `is not a whole number from ${least} to ${GREATEST_NUMBER}`)
    return undefined
  }

  /** The rejection of a row with a problem. */
  rejection(of: 'thread' | 'post' | 'other', place: Place): SourceItem {
    const { code, reason } = this.problem ?? { code: 'ROW_FIELD_INVALID', reason: 'the row is unusable' }
    return { outcome: 'rejected', of, code, reason, place }
  }

  #missing(field: string): string {
    this.problem ??= { code: 'ROW_FIELD_MISSING', reason: `${field} is missing` }
    return ''
  }

  #invalid(field: string, value: string, why: string): string {
    this.problem ??= { code: 'ROW_FIELD_INVALID', reason: `${field} "${quote(value)}" ${why}` }
    return ''
  }
}
