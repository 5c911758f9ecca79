import type { SourceItem, SourceRecord } from './record.ts'

/** How far the clock of a source may be ahead of this machine's. */
const SKEW_MS = 24 * 60 * 60 * 1000
/** Rejected threads that are remembered, for their posts may come much later. */
const MOST_REMEMBERED = 100_000

/**
 * Replaces records dated more than a day after `now` by rejections (RECORD_IN_FUTURE): a single post of the year 2999
 * would remain its thread's latest activity, and no later statement could replace it. This applies to every format and
 * delivery, so none of them needs to know the time. A date is reported once: of a thread that was rejected, the question
 * is dropped without a rejection of its own, and so is an answer that has its date from the thread's row.
 *
 * @returns a function to be called with the items of one reading, in order
 */
export function createFutureRefusal(now: Date): (items: readonly SourceItem[]) => readonly SourceItem[] {
  const latest = new Date(now.getTime() + SKEW_MS).toISOString()
  /** The date for which each was rejected. */
  const rejectedThreads = new Map<string, string>()
  return (items) => {
    if (!hasFutureDate(items, latest)) return items
    const kept: SourceItem[] = []
    for (const item of items) {
      const future = futureOf(item, latest)
      if (future === undefined) kept.push(item)
      else {
        const { record, date, rejection } = future
        if (!isReported(record, date, rejectedThreads)) kept.push(rejection)
        if (record.type === 'thread' && rejectedThreads.size < MOST_REMEMBERED)
          rejectedThreads.set(record.id, date)
      }
    }
    return kept
  }
}

/** The batches of a reading, without records dated in the future. */
export async function* refuseFuture(
  batches: AsyncIterable<readonly SourceItem[]>,
  now: Date,
): AsyncGenerator<readonly SourceItem[]> {
  const refuse = createFutureRefusal(now)
  for await (const batch of batches) {
    const kept = refuse(batch)
    if (kept.length > 0) yield kept
  }
}

function isReported(record: SourceRecord, date: string, rejected: ReadonlyMap<string, string>): boolean {
  if (record.type !== 'post' || record.threadId === undefined) return false
  const dateOfThread = rejected.get(record.threadId)
  return dateOfThread === date || (dateOfThread !== undefined && record.kind === 'question')
}

interface Dates {
  readonly type: string
  readonly createdAt?: string
  readonly editedAt?: string
  readonly joinedAt?: string
  readonly asOf?: string
}

function hasFutureDate(items: readonly SourceItem[], latest: string): boolean {
  for (const item of items)
    if (item.outcome === 'record' && fieldAfter(item.record, latest) !== undefined) return true
  return false
}

/** Times in ISO 8601 sort as text. */
function fieldAfter(record: Dates, latest: string): keyof Dates | undefined {
  const { createdAt, editedAt, joinedAt, asOf } = record
  if (createdAt !== undefined && createdAt > latest) return 'createdAt'
  if (editedAt !== undefined && editedAt > latest) return 'editedAt'
  if (joinedAt !== undefined && joinedAt > latest) return 'joinedAt'
  return asOf !== undefined && asOf > latest ? 'asOf' : undefined
}

function futureOf(
  item: SourceItem,
  latest: string,
): { readonly record: SourceRecord; readonly date: string; readonly rejection: SourceItem } | undefined {
  if (item.outcome !== 'record') return undefined
  const { record, place } = item
  const dates: Dates = record
  const field = fieldAfter(dates, latest)
  if (field === undefined) return undefined
  const of = record.type === 'thread' || record.type === 'post' ? record.type : 'other'
  const date = String(dates[field])
  const reason = `${field} ${date} is in the future`
  return { record, date, rejection: { outcome: 'rejected', of, code: 'RECORD_IN_FUTURE', reason, place } }
}
