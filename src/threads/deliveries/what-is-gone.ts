import type { Database } from '../../platform/index.ts'
import type { SourceRecord, WholeThread } from '../../sources/index.ts'
import { sourceIds } from '../ingest/source-ids.ts'

/**
 * What a source no longer says of threads that it told whole: removals of posts that are stored and not told, and
 * verdicts on those that were accepted and no longer are.
 */
export async function whatIsGone(
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
        gone.push({ type: 'verdict', threadId, postId: id, accepted: false, asOf })
    }
  }
  return gone
}
