import type { Database } from '../platform/index.ts'
import type { KeyedAcceptance } from './batch.ts'
import { type BulkTable, padded, putRows } from './bulk-rows.ts'

const table: BulkTable = {
  name: 'acceptances',
  key: ['thread_id', 'post_id'],
  columns: ['thread_id', 'post_id'],
}

/**
 * Makes the stored acceptances of these threads the stated ones: a complete set a thread.
 *
 * @returns the threads whose set is another now, each with the posts that came into it or left it
 */
export async function writeAcceptances(
  db: Database,
  stated: readonly KeyedAcceptance[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const changed = new Map<string, readonly string[]>()
  if (stated.length === 0) return changed
  const rows: { thread_id: string; post_id: string }[] = await db
    .sql('acceptances')
    .select('thread_id', 'post_id')
    .whereIn('thread_id', padded(stated.map(({ threadId }) => threadId)))
  const stored = new Map<string, Set<string>>()
  for (const { thread_id, post_id } of rows) {
    stored.set(thread_id, (stored.get(thread_id) ?? new Set()).add(post_id))
  }
  const added: [string, string][] = []
  for (const { threadId, postIds } of stated) {
    const before = stored.get(threadId) ?? new Set()
    const withdrawn = [...before].filter((id) => !postIds.includes(id))
    const news = postIds.filter((id) => !before.has(id))
    if (withdrawn.length + news.length > 0) changed.set(threadId, [...withdrawn, ...news])
    for (const id of news) added.push([threadId, id])
    if (withdrawn.length > 0) {
      await db.sql('acceptances').where({ thread_id: threadId }).whereIn('post_id', withdrawn).delete()
    }
  }
  await putRows(db, table, added)
  return changed
}
