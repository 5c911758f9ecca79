import { hash } from 'node:crypto'
import type {
  AcceptanceRecord,
  AcceptanceUpdateRecord,
  LinkRecord,
  MemberRecord,
  Place,
  PostRecord,
  RemovalRecord,
  SourceItem,
  SourceRecord,
  ThreadRecord,
} from '../../sources/record.ts'
import { redactText } from '../../text/personal-data/redact.ts'
import { RECORD_REPEATED } from '../errors.ts'
import type { Batch, Rejection } from './batch.ts'
import type { Redaction } from './redaction.ts'
import { sourceIds } from './source-ids.ts'

export type Telling = 'first' | 'repeated' | 'contradicted'

/** Whether a thing was told before, by the id of its row: what a record keeper asks. */
export interface Tellings {
  thread(id: string, hash: string): Telling
  post(id: string, hash: string): Telling
  acceptance(threadId: string, hash: string): Telling
  verdict(threadId: string, postId: string, accepted: boolean): Telling
}

/** What stands for a removal where records are compared; one of a thread and its record contradict each other. */
const REMOVAL_HASH = 'removal'

type Taken<Record> = { readonly outcome: 'record'; readonly record: Record; readonly place: Place }

/**
 * Puts items into a batch under the ids of their rows. Of threads, posts and acceptances the export's first telling
 * stands: the same again counts as unchanged, another under the same id is rejected, because taking it would change
 * the database at every import of the same file. Members and votes are states without such a count: the last stands.
 *
 * @param redaction of a source whose texts are redacted: titles and names are here, bodies where they are converted
 * @returns adds an item to a batch and tells its weight in characters
 */
export function createRecordKeeper(source: string, tally: Tellings, redaction?: Redaction) {
  const ids = sourceIds(source)
  const hashOf = (record: Parameters<typeof recordHash>[0]) => recordHash(record, redaction?.fingerprint)

  return (batch: Batch, item: SourceItem): number => {
    if (item.outcome === 'ignored') batch.ignored += 1
    else if (item.outcome === 'checkpoint') batch.checkpoint = { name: item.name, cursor: item.cursor }
    else if (item.outcome === 'incomplete') {
      const { code, reason, place } = item
      batch.incomplete.push({ of: 'thread', code, reason, place })
    } else if (item.outcome === 'rejected') {
      const { of, code, reason, place } = item
      reject(batch, { of, code, reason, place })
    } else return take(batch, item)
    return 0
  }

  function take(batch: Batch, { record, place }: Taken<SourceRecord>): number {
    switch (record.type) {
      case 'thread':
        return takeThread(batch, record, place)
      case 'post':
        return takePost(batch, record, place)
      case 'acceptance':
        return takeAcceptance(batch, record, place)
      case 'acceptance-update':
        return takeAcceptanceUpdate(batch, record, place)
      case 'removal':
        return takeRemoval(batch, record, place)
      case 'link':
        return takeLink(batch, record)
      case 'member': {
        const id = ids.member(record.id)
        const member = redaction?.member(record) ?? record
        batch.members.set(id, { id, hash: hashOf(record), record: member })
        return record.name.length
      }
      case 'votes':
        batch.votes.set(ids.post(record.postId), { up: record.up, down: record.down })
        return 0
    }
  }

  function takeThread(batch: Batch, record: ThreadRecord, place: Place): number {
    const id = ids.thread(record.id)
    const hash = hashOf(record)
    const telling = tally.thread(id, hash)
    if (telling === 'first') batch.threads.push({ id, hash, record: redaction?.thread(record) ?? record })
    else again(batch, telling, 'thread', record.id, place)
    return record.title.length
  }

  function takePost(batch: Batch, record: PostRecord, place: Place): number {
    const id = ids.post(record.id)
    const hash = hashOf(record)
    const telling = tally.post(id, hash)
    if (telling !== 'first') {
      again(batch, telling, 'post', record.id, place)
      return 0
    }
    const followsParent = record.kind === 'comment' && record.parentId !== undefined
    batch.posts.push({
      id,
      hash,
      record,
      threadId: record.threadId === undefined || followsParent ? undefined : ids.thread(record.threadId),
      parentId: record.parentId === undefined ? undefined : ids.post(record.parentId),
      authorId: record.authorId === undefined ? undefined : ids.member(record.authorId),
    })
    return record.body.length
  }

  function takeAcceptance(batch: Batch, record: AcceptanceRecord, place: Place): number {
    const threadId = ids.thread(record.threadId)
    const telling = tally.acceptance(threadId, recordHash(record))
    if (telling === 'first') {
      const postIds = [...new Set(record.postIds.map(ids.post))].sort()
      batch.acceptances.push({ threadId, postIds, asOf: record.asOf })
    } else if (telling === 'contradicted') again(batch, telling, 'other', record.threadId, place)
    return 0
  }

  function takeAcceptanceUpdate(batch: Batch, record: AcceptanceUpdateRecord, place: Place): number {
    const [threadId, postId] = [ids.thread(record.threadId), ids.post(record.postId)]
    const telling = tally.verdict(threadId, postId, record.accepted)
    const { accepted, asOf } = record
    if (telling === 'first') batch.verdicts.push({ threadId, postId, accepted, asOf })
    else if (telling === 'contradicted') again(batch, telling, 'other', record.threadId, place)
    return 0
  }

  function takeRemoval(batch: Batch, { of, id: externalId, asOf }: RemovalRecord, place: Place): number {
    const id = of === 'thread' ? ids.thread(externalId) : ids.post(externalId)
    const telling = of === 'thread' ? tally.thread(id, REMOVAL_HASH) : tally.post(id, REMOVAL_HASH)
    if (telling === 'first') batch.removals.push({ of, id, asOf })
    else if (telling === 'contradicted') again(batch, telling, of, externalId, place)
    return 0
  }

  function takeLink(batch: Batch, { fromThreadId, toThreadId, kind }: LinkRecord): number {
    const fromId = ids.thread(fromThreadId)
    const toId = ids.thread(toThreadId)
    batch.links.set(`${fromId} ${toId} ${kind}`, { fromId, toId, kind })
    return 0
  }
}

/** Reasons quote what they are about; they are shown and kept, so personal data stays out of them. */
function reject(batch: Batch, rejection: Rejection): void {
  batch.rejections.push({ ...rejection, reason: redactText(rejection.reason) })
}

function again(
  batch: Batch,
  telling: Telling,
  of: 'thread' | 'post' | 'other',
  externalId: string,
  place: Place,
): void {
  if (telling === 'contradicted') {
    const what = of === 'other' ? 'the acceptance of thread' : of
    const reason = `${what} "${externalId}" appears earlier in this export with other content`
    reject(batch, { of, code: RECORD_REPEATED, reason, place })
  } else if (of === 'thread') batch.repeated.threads += 1
  else if (of === 'post') batch.repeated.posts += 1
}

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
