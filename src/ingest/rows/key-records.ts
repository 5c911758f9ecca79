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

export type Occurrence = 'first' | 'repeated' | 'contradicted'

/** Whether a thing occurred before in the export, by the id of its row; what {@link createBatchFiller} needs to know. */
export interface Occurrences {
  thread(id: string, hash: string): Occurrence
  post(id: string, hash: string): Occurrence
  acceptance(threadId: string, hash: string): Occurrence
  acceptanceUpdate(threadId: string, postId: string, accepted: boolean): Occurrence
}

/** The hash of a removal where records are compared, so that a record and a removal of one thing contradict each other. */
const REMOVAL_HASH = 'removal'

type RecordItem<Record> = { readonly outcome: 'record'; readonly record: Record; readonly place: Place }

/**
 * Adds items to a batch under the ids of their rows. Of threads, posts and acceptances the first record in the export
 * stands: an identical one counts as unchanged, a different one under the same id is rejected, because accepting it
 * would change the database at every import of the same file. Of members and votes, which are not counted, the last
 * record stands.
 *
 * @param redaction of a source whose texts are redacted: titles and names here, bodies when they are converted
 * @returns a function that adds an item to a batch and returns its size in characters
 */
export function createBatchFiller(source: string, occurrences: Occurrences, redaction?: Redaction) {
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
    } else return add(batch, item)
    return 0
  }

  function add(batch: Batch, { record, place }: RecordItem<SourceRecord>): number {
    switch (record.type) {
      case 'thread':
        return addThread(batch, record, place)
      case 'post':
        return addPost(batch, record, place)
      case 'acceptance':
        return addAcceptance(batch, record, place)
      case 'acceptance-update':
        return addAcceptanceUpdate(batch, record, place)
      case 'removal':
        return addRemoval(batch, record, place)
      case 'link':
        return addLink(batch, record)
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

  function addThread(batch: Batch, record: ThreadRecord, place: Place): number {
    const id = ids.thread(record.id)
    const hash = hashOf(record)
    const occurrence = occurrences.thread(id, hash)
    if (occurrence === 'first') batch.threads.push({ id, hash, record: redaction?.thread(record) ?? record })
    else addRepetition(batch, occurrence, 'thread', record.id, place)
    return record.title.length
  }

  function addPost(batch: Batch, record: PostRecord, place: Place): number {
    const id = ids.post(record.id)
    const hash = hashOf(record)
    const occurrence = occurrences.post(id, hash)
    if (occurrence !== 'first') {
      addRepetition(batch, occurrence, 'post', record.id, place)
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

  function addAcceptance(batch: Batch, record: AcceptanceRecord, place: Place): number {
    const threadId = ids.thread(record.threadId)
    const occurrence = occurrences.acceptance(threadId, recordHash(record))
    if (occurrence === 'first') {
      const postIds = [...new Set(record.postIds.map(ids.post))].sort()
      batch.acceptances.push({ threadId, postIds, asOf: record.asOf })
    } else if (occurrence === 'contradicted')
      addRepetition(batch, occurrence, 'other', record.threadId, place)
    return 0
  }

  function addAcceptanceUpdate(batch: Batch, record: AcceptanceUpdateRecord, place: Place): number {
    const [threadId, postId] = [ids.thread(record.threadId), ids.post(record.postId)]
    const occurrence = occurrences.acceptanceUpdate(threadId, postId, record.accepted)
    const { accepted, asOf } = record
    if (occurrence === 'first') batch.acceptanceUpdates.push({ threadId, postId, accepted, asOf })
    else if (occurrence === 'contradicted') addRepetition(batch, occurrence, 'other', record.threadId, place)
    return 0
  }

  function addRemoval(batch: Batch, { of, id: externalId, asOf }: RemovalRecord, place: Place): number {
    const id = of === 'thread' ? ids.thread(externalId) : ids.post(externalId)
    const occurrence =
      of === 'thread' ? occurrences.thread(id, REMOVAL_HASH) : occurrences.post(id, REMOVAL_HASH)
    if (occurrence === 'first') batch.removals.push({ of, id, asOf })
    else if (occurrence === 'contradicted') addRepetition(batch, occurrence, of, externalId, place)
    return 0
  }

  function addLink(batch: Batch, { fromThreadId, toThreadId, kind }: LinkRecord): number {
    const fromId = ids.thread(fromThreadId)
    const toId = ids.thread(toThreadId)
    batch.links.set(`${fromId} ${toId} ${kind}`, { fromId, toId, kind })
    return 0
  }
}

/** Reasons quote texts, and are stored and shown, so personal data is removed from them. */
function reject(batch: Batch, rejection: Rejection): void {
  batch.rejections.push({ ...rejection, reason: redactText(rejection.reason) })
}

function addRepetition(
  batch: Batch,
  occurrence: Occurrence,
  of: 'thread' | 'post' | 'other',
  externalId: string,
  place: Place,
): void {
  if (occurrence === 'contradicted') {
    const what = of === 'other' ? 'the acceptance of thread' : of
    const reason = `${what} "${externalId}" appears earlier in this export with other content`
    reject(batch, { of, code: RECORD_REPEATED, reason, place })
  } else if (of === 'thread') batch.repeated.threads += 1
  else if (of === 'post') batch.repeated.posts += 1
}

/** In base64url, 21 characters and two bits of the next one make 16 bytes. */
const WHOLE = 21
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const LAST_BITS = 0x30

type Fingerprinted = ThreadRecord | PostRecord | MemberRecord | AcceptanceRecord

/** Separates a post's other fields from its body; no text of a record contains it. */
const SEPARATOR = '\0'

/**
 * A record's fingerprint: 128 bits of the SHA-256 of its fields in a fixed order. Neither the order of keys in an export
 * nor an absent field with a default makes a difference.
 *
 * A post's body is hashed as it is; as part of the JSON it would take three times as long.
 *
 * @param redaction fingerprint of the redaction of the source's texts, if they are redacted
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
        // The body, which is hashed separately.
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
