import { hash } from 'node:crypto'
import type { AcceptanceRecord, MemberRecord, PostRecord, ThreadRecord } from '../../sources/index.ts'
import type { Identity } from '../source-store.ts'

/** Of the hash in base64url: 21 characters and two bits of the next make 16 bytes. */
const WHOLE = 21
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LAST_BITS = 0x30

type Fingerprinted = ThreadRecord | PostRecord | MemberRecord | AcceptanceRecord

/** What stands between a post's other fields and its body; no text of a record holds it. */
const SEPARATOR = '\0'

/**
 * A record's fingerprint: 128 bits of the SHA-256 of its fields in a fixed order, so that neither the order of keys
 * in an export nor an absent field that has a default makes a difference.
 *
 * @param source of which sources a post's body is taken as it is; within JSON, as older ones have it, it takes thrice
 *   as long
 * @param redaction fingerprint of how the source's texts are redacted, if they are
 */
export function recordHash(
  record: Fingerprinted,
  { plainHashes }: Pick<Identity, 'plainHashes'>,
  redaction = '',
): string {
  const isPlain = plainHashes && record.type === 'post'
  const fields = JSON.stringify(canonical(record, isPlain)) + redaction
  const text = hash('sha256', isPlain ? fields + SEPARATOR + record.body : fields, 'base64url')
  return text.slice(0, WHOLE) + BASE64URL[BASE64URL.indexOf(text[WHOLE]!) & LAST_BITS]
}

function canonical(record: Fingerprinted, withoutBody: boolean): unknown[] {
  switch (record.type) {
    case 'thread':
      return [
        record.title,
        record.createdAt,
        record.tags,
        record.language,
        record.url,
        record.views,
        record.closed ?? false,
        sorted(record.labels),
        sorted(record.facts),
      ]
    case 'post':
      return [
        record.kind,
        record.threadId,
        record.parentId,
        record.authorId,
        record.format,
        withoutBody ? '' : record.body,
        record.createdAt,
        record.editedAt,
        record.score,
      ]
    case 'member':
      return [record.name, record.role ?? 'member', record.reputation, record.joinedAt]
    case 'acceptance':
      return [...new Set(record.postIds)].sort()
  }
}

function sorted(values: Readonly<Record<string, unknown>> = {}): unknown[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
}
