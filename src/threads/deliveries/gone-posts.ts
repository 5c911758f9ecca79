import type { Database } from '../../platform/index.ts'
import type { SourceRecord, WebhookReading } from '../../sources/index.ts'
import { sourceIds } from '../source-ids.ts'

/**
 * Removals of what is stored of these threads and not among the records, which hold all of their posts.
 *
 * @param source its name
 */
export async function goneFrom(
  db: Database,
  source: string,
  wholeThreads: NonNullable<WebhookReading['wholeThreads']>,
  records: readonly SourceRecord[],
): Promise<SourceRecord[]> {
  const ids = sourceIds(source)
  const told = new Set(records.flatMap((record) => (record.type === 'post' ? [record.id] : [])))
  const gone: SourceRecord[] = []
  for (const { id, asOf } of wholeThreads) {
    const stored: string[] = await db
      .sql('posts')
      .where({ thread_id: ids.thread(id) })
      .pluck('external_id')
    for (const post of stored) if (!told.has(post)) gone.push({ type: 'removal', of: 'post', id: post, asOf })
  }
  return gone
}
