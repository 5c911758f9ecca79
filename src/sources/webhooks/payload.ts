import { sourceErrors } from '../errors.ts'
import { isObject, type JsonObject } from '../json-fields.ts'
import type { Place, SourceItem, SourceRecord } from '../record.ts'

/** Where a delivery's things stand, for messages: the event instead of a file. */
export function placeOf(event: string): Place {
  return { file: event }
}

/** @throws CodedError WEBHOOK_PAYLOAD_UNEXPECTED */
export function requireObject(payload: unknown, field: string, event: string): JsonObject {
  const value = isObject(payload) && Object.hasOwn(payload, field) ? payload[field] : undefined
  if (isObject(value)) return value
  throw unexpected(event, `${field} is missing`)
}

/**
 * The records among items.
 *
 * @throws CodedError WEBHOOK_PAYLOAD_UNEXPECTED when one of them is rejected: a delivery is applied whole or not at all
 */
export function recordsOf(items: readonly SourceItem[], event: string): SourceRecord[] {
  return items.flatMap((item) => {
    if (item.outcome === 'rejected') throw unexpected(event, item.reason)
    return item.outcome === 'record' ? [item.record] : []
  })
}

export function unexpected(event: string, reason: string): Error {
  return sourceErrors.WEBHOOK_PAYLOAD_UNEXPECTED({ event, reason })
}

/** Of times in ISO 8601 in UTC, which sort as text. */
export function latest(...times: readonly (string | undefined)[]): string {
  return (
    times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1) ?? ''
  )
}
