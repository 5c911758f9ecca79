import type { SourceItem, SourceRecord } from './record.ts'

/** How far a source's clock may be ahead of ours. */
const SKEW_MS = 24 * 60 * 60 * 1000

/**
 * The same items, but what is dated more than a day after `now` is rejected (RECORD_IN_FUTURE): a single post of the
 * year 2999 would be its thread's latest activity for good. It holds for every format, which is why none knows the
 * time. A question whose thread was just rejected goes with it, and is not told twice.
 */
export async function* refuseFuture(
  batches: AsyncIterable<readonly SourceItem[]>,
  now: Date,
): AsyncGenerator<readonly SourceItem[]> {
  const latest = new Date(now.getTime() + SKEW_MS).toISOString()
  let rejectedThread: string | undefined
  for await (const batch of batches) {
    if (!batch.some((item) => futureOf(item, latest) !== undefined)) {
      yield batch
      continue
    }
    const kept: SourceItem[] = []
    for (const item of batch) {
      const future = futureOf(item, latest)
      if (future === undefined) kept.push(item)
      else if (!goesWith(future.record, rejectedThread)) {
        kept.push(future.rejection)
        if (future.record.type === 'thread') rejectedThread = future.record.id
      }
    }
    if (kept.length > 0) yield kept
  }
}

function goesWith(record: SourceRecord, threadId: string | undefined): boolean {
  return record.type === 'post' && record.kind === 'question' && record.threadId === threadId
}

const dates = ['createdAt', 'editedAt', 'joinedAt', 'asOf'] as const

function futureOf(
  item: SourceItem,
  latest: string,
): { readonly record: SourceRecord; readonly rejection: SourceItem } | undefined {
  if (item.outcome !== 'record') return undefined
  const { record, place } = item
  const values: { readonly type: string } & { readonly [date in (typeof dates)[number]]?: string } = record
  // Times in ISO 8601 sort as text.
  const field = dates.find((each) => (values[each] ?? '') > latest)
  if (field === undefined) return undefined
  const of = record.type === 'thread' || record.type === 'post' ? record.type : 'other'
  const reason = `${field} ${values[field]} is in the future`
  return { record, rejection: { outcome: 'rejected', of, code: 'RECORD_IN_FUTURE', reason, place } }
}
