import { createHmac, timingSafeEqual } from 'node:crypto'
import { sourceErrors } from '../errors.ts'
import type { Place, SourceItem, SourceRecord } from '../record.ts'
import type { WebhookHeaders } from '../webhook.ts'
import { isObject, type JsonObject } from './json-fields.ts'

/** The place of a record in a delivery, for messages: the event in place of a file. */
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
 * @throws CodedError WEBHOOK_PAYLOAD_UNEXPECTED if one of them is rejected: a delivery is applied completely or not at all
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

/** The latest of times in ISO 8601 in UTC, which sort as text. */
export function latest(...times: readonly (string | undefined)[]): string {
  return (
    times
      .filter((time) => time !== undefined)
      .sort()
      .at(-1) ?? ''
  )
}

/** @returns the header's value; undefined if it is absent or repeated */
export function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/**
 * Whether a given digest is the HMAC-SHA256 of these parts under one of the secrets. Every secret is tried, and each
 * comparison takes the same time wherever the digests differ.
 */
export function isHmacSha256(
  presented: Uint8Array | undefined,
  parts: readonly (string | Uint8Array)[],
  secrets: readonly string[],
): boolean {
  // A digest of another length cannot match; it is compared nevertheless, so that the check takes as long.
  const given = presented?.length === 32 ? presented : undefined
  let matched = false
  for (const secret of secrets) {
    const hmac = createHmac('sha256', secret)
    for (const part of parts) hmac.update(part)
    const digest = hmac.digest()
    const same = timingSafeEqual(given ?? new Uint8Array(32), digest)
    matched ||= same && given !== undefined
  }
  return matched
}

/** Decodes a digest written as `sha256=` and 64 lower-case hexadecimal digits, as Discourse and GitHub send it. */
export function hexDigest(header: string | undefined): Buffer | undefined {
  const hex = /^sha256=([0-9a-f]{64})$/.exec(header ?? '')?.[1]
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

/** Decodes a digest in padded base64, as Zendesk sends it. */
export function base64Digest(header: string | undefined): Buffer | undefined {
  return /^[A-Za-z0-9+/]{43}=$/.test(header ?? '') ? Buffer.from(header!, 'base64') : undefined
}

/** @returns the text if it can be the id of a delivery: short, printable, without the comma of a repeated header */
export function deliveryId(header: string | undefined): string | undefined {
  return /^[\w.:-]{1,100}$/.test(header ?? '') ? header : undefined
}

/** @returns the text if it can be the name of an event; otherwise `unknown`, which no reader handles */
export function eventName(text: unknown): string {
  return typeof text === 'string' && /^[\w.:-]{1,100}$/.test(text) ? text : 'unknown'
}
