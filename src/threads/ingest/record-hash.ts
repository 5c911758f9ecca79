import { hash } from 'node:crypto'
import type { AcceptanceRecord, MemberRecord, PostRecord, ThreadRecord } from '../../sources/index.ts'

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
 * A post's body is hashed as it is: within JSON it would take thrice as long.
 *
 * @param redaction fingerprint of how the source's texts are redacted, if they are
 */
export function recordHash(record: Fingerprinted, redaction = ''): string {
  const fields = JSON.stringify(canonical(record)) + redaction
  const text = hash('sha256', record.type === 'post' ? fields + SEPARATOR + record.body : fields, 'base64url')
  return text.slice(0, WHOLE) + BASE64URL[BASE64URL.indexOf(text[WHOLE]!) & LAST_BITS]
}

function canonical(record: Fingerprinted): unknown[] {
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
        // The body, which follows by itself.
        '',
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
