import type { Database } from '../../platform/index.ts'
import { type SourceRecord, stampedAfter } from '../../sources/index.ts'
import { sourceIds } from '../ingest/source-ids.ts'

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
