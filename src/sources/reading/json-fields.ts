import type { RejectionCode } from '../errors.ts'
import type { Place, SourceItem } from '../record.ts'
import { cleanText, toIsoTime } from './values.ts'

/** How deep a document may be nested; those of the sources reach about ten levels. */
export const DEEPEST = 100

/** A document of a JSON export, or an element of an array that is read element by element. */
export interface JsonDocument {
  readonly value: unknown
  /** The array that it is an element of, as named in {@link JsonReading.arrays}; absent for a document by itself. */
  readonly member?: string
  readonly place: Place
}

/** A document that cannot be read, where those after it can. */
export interface JsonRejection {
  readonly rejected: Extract<SourceItem, { outcome: 'rejected' }>
}

export interface JsonReading {
  /**
   * Arrays inside a document whose elements are documents of their own (`posts`, `data.repository.nodes`), so that an
   * envelope of any size is read in constant memory. The rest of the envelope follows as a document without them.
   */
  readonly arrays: readonly string[]
}

/** Documents of a file, a read block at a time. */
export type JsonBlock = readonly (JsonDocument | JsonRejection)[]

const GREATEST_NUMBER = 2_147_483_647
const LONGEST_ID = 255

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Reads the fields of an object as the expected types and remembers the first mismatch. If `problem` is set, the returned
 * values are placeholders and the object must be rejected. `null` counts as absent. Texts are cleaned for storage.
 */
export class JsonFields {
  problem: { readonly code: RejectionCode; readonly reason: string } | undefined
  readonly #object: JsonObject
  readonly #outer: { readonly fields: JsonFields; readonly name: string } | undefined

  constructor(object: JsonObject, outer?: { readonly fields: JsonFields; readonly name: string }) {
    this.#object = object
    this.#outer = outer
  }

  /** The fields of a nested object, empty if it is absent; its problems are problems of this object too. */
  inner(field: string): JsonFields {
    return new JsonFields(this.optionalObject(field) ?? {}, { fields: this, name: field })
  }

  has(field: string): boolean {
    return this.#value(field) !== undefined
  }

  /** An id: a whole number or a text of up to 255 characters. */
  id(field: string): string {
    return this.optionalId(field) ?? this.#missing(field)
  }

  optionalId(field: string): string | undefined {
    const value = this.#value(field)
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
    const isName = typeof value === 'string' && value !== '' && value.length <= LONGEST_ID
    return isName ? cleanText(value) : this.#invalid(field, 'is not an id')
  }

  text(field: string): string {
    return this.optionalText(field) ?? this.#missing(field)
  }

  optionalText(field: string): string | undefined {
    const value = this.#value(field)
    if (value === undefined) return undefined
    return typeof value === 'string' ? cleanText(value) : this.#invalid(field, 'is not a string')
  }

  /** ISO 8601 in UTC; a time without a zone is UTC already. */
  time(field: string): string {
    return this.optionalTime(field) ?? this.#missing(field)
  }

  optionalTime(field: string): string | undefined {
    const value = this.#value(field)
    if (value === undefined) return undefined
    return (typeof value === 'string' ? toIsoTime(value) : undefined) ?? this.#invalid(field, 'is not a date')
  }

  /** A whole number from `least` to what a database column holds. */
  optionalNumber(field: string, least: number): number | undefined {
    const value = this.#value(field)
    if (value === undefined) return undefined
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= GREATEST_NUMBER)
      return value as number
    this.#invalid(field, `is not a whole number from ${least} to ${GREATEST_NUMBER}`)
    return undefined
  }

  /** Whether the field is `true`; an absent field is not. */
  flag(field: string): boolean {
    const value = this.#value(field)
    if (value !== undefined && typeof value !== 'boolean') this.#invalid(field, 'is neither true nor false')
    return value === true
  }

  optionalObject(field: string): JsonObject | undefined {
    const value = this.#value(field)
    if (value === undefined || isObject(value)) return value
    this.#invalid(field, 'is not an object')
    return undefined
  }

  /** The elements of an array; none if the field is absent. */
  array(field: string): readonly unknown[] {
    const value = this.#value(field)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.#invalid(field, 'is not an array')
    return []
  }

  /** The rejection of an object with a problem. */
  rejection(of: 'thread' | 'post' | 'other', place: Place): SourceItem {
    const { code, reason } = this.problem ?? { code: 'ROW_FIELD_INVALID', reason: 'the row is unusable' }
    return { outcome: 'rejected', of, code, reason, place }
  }

  /** `null` and what an object inherits are absent. */
  #value(field: string): unknown {
    return Object.hasOwn(this.#object, field) ? (this.#object[field] ?? undefined) : undefined
  }

  #missing(field: string): string {
    return this.#fail('ROW_FIELD_MISSING', `${field} is missing`)
  }

  #invalid(field: string, why: string): string {
    return this.#fail('ROW_FIELD_INVALID', `${field} ${why}`)
  }

  #fail(code: RejectionCode, reason: string): string {
    this.problem ??= { code, reason }
    if (this.#outer) this.#outer.fields.#fail(code, `${this.#outer.name}.${reason}`)
    return ''
  }
}
