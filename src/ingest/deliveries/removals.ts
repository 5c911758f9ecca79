import type { Database } from '../../platform/database/database.ts'
import type { SourceRecord } from '../../sources/record.ts'
import { stampedAfter, type WholeThread } from '../../sources/webhook.ts'
import { sourceIds } from '../rows/source-ids.ts'

/**
 * What a source no longer says of threads that it told whole: removals of posts that are stored and not told, and
 * verdicts on those that were accepted and no longer are.
 */
export async function findRemovals(
  db: Database,
  source: string,
  wholeThreads: readonly WholeThread[],
): Promise<SourceRecord[]> {
  const ids = sourceIds(source)
  const gone: SourceRecord[] = []
  for (const { id: threadId, asOf, seenAt, postIds, acceptedIds } of wholeThreads) {
    const row = ids.thread(threadId)
    const stored: { id: string; accepted: string | null }[] = await db
      .sql('posts as p')
      .leftJoin('acceptances as a', (on) => on.on('a.post_id', 'p.id').andOnVal('a.thread_id', row))
      .select({ id: 'p.external_id', accepted: 'a.post_id' })
      .where((home) => home.where('p.home_id', row).orWhere({ 'p.home_id': null, 'p.thread_id': row }))
      .whereNull('p.removed_at')
    for (const { id, accepted } of stored) {
      if (!postIds.includes(id)) gone.push({ type: 'removal', of: 'post', id, asOf: seenAt })
      else if (accepted !== null && !acceptedIds.includes(id))
        gone.push({ type: 'acceptance-update', threadId, postId: id, accepted: false, asOf })
    }
  }
  return gone
}

/**
 * Says of posts that are there again that they are so since right after their removal, where that is stored and older;
 * of others that they are so as of the delivery.
 */
export async function dateReturns(
  db: Database,
  source: string,
  records: readonly SourceRecord[],
  returned: readonly string[],
  sequence: number | undefined,
): Promise<readonly SourceRecord[]> {
  if (returned.length === 0) return records
  const ids = sourceIds(source)
  const rows: { external_id: string; as_of: string }[] = await db
    .sql('posts')
    .select('external_id', 'as_of')
    .whereIn('id', returned.map(ids.post))
    .whereNotNull('removed_at')
    .whereNotNull('as_of')
  const removedAt = new Map(rows.map((row) => [row.external_id, row.as_of]))
  return records.map((record) => {
    const removed = record.type === 'post' ? removedAt.get(record.id) : undefined
    if (record.type !== 'post' || removed === undefined || removed > (record.asOf ?? '')) return record
    return { ...record, asOf: stampedAfter(removed, sequence) }
  })
}
