import type { Database } from '../../platform/database/database.ts'
import type { SourceRecord } from '../../sources/record.ts'
import { type CompleteThread, withSequenceAfter } from '../../sources/webhook.ts'
import { sourceIds } from '../rows/source-ids.ts'

/**
 * The records that follow from complete threads: removals of stored posts that are missing from them, and updates of
 * accepted posts that are no longer accepted.
 */
export async function findRemovals(
  db: Database,
  source: string,
  completeThreads: readonly CompleteThread[],
): Promise<SourceRecord[]> {
  const ids = sourceIds(source)
  const records: SourceRecord[] = []
  for (const { id: threadId, asOf, postsReadAt, postIds, acceptedIds } of completeThreads) {
    const row = ids.thread(threadId)
    const stored: { id: string; accepted: string | null }[] = await db
      .sql('posts as p')
      .leftJoin('acceptances as a', (on) => on.on('a.post_id', 'p.id').andOnVal('a.thread_id', row))
      .select({ id: 'p.external_id', accepted: 'a.post_id' })
      .where((home) => home.where('p.home_id', row).orWhere({ 'p.home_id': null, 'p.thread_id': row }))
      .whereNull('p.removed_at')
    for (const { id, accepted } of stored) {
      if (!postIds.includes(id)) records.push({ type: 'removal', of: 'post', id, asOf: postsReadAt })
      else if (accepted !== null && !acceptedIds.includes(id))
        records.push({ type: 'acceptance-update', threadId, postId: id, accepted: false, asOf })
    }
  }
  return records
}

/**
 * Dates restored posts right after their removal, if that is stored and earlier. Other posts keep the date of the
 * delivery.
 */
export async function dateRestored(
  db: Database,
  source: string,
  records: readonly SourceRecord[],
  restored: readonly string[],
  sequence: number | undefined,
): Promise<readonly SourceRecord[]> {
  if (restored.length === 0) return records
  const ids = sourceIds(source)
  const rows: { external_id: string; as_of: string }[] = await db
    .sql('posts')
    .select('external_id', 'as_of')
    .whereIn('id', restored.map(ids.post))
    .whereNotNull('removed_at')
    .whereNotNull('as_of')
  const removedAt = new Map(rows.map((row) => [row.external_id, row.as_of]))
  return records.map((record) => {
    const removed = record.type === 'post' ? removedAt.get(record.id) : undefined
    if (record.type !== 'post' || removed === undefined || removed > (record.asOf ?? '')) return record
    return { ...record, asOf: withSequenceAfter(removed, sequence) }
  })
}
