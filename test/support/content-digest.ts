import { createHash } from 'node:crypto'
import type { Database } from '../../src/platform/database/database.ts'

const TABLES: Record<string, readonly string[]> = {
  members: ['id'],
  threads: ['id'],
  posts: ['id'],
  acceptances: ['thread_id', 'post_id'],
  votes: ['post_id'],
  thread_links: ['from_id', 'to_id', 'kind'],
}
/** When a row was written differs between runs; everything else may not. */
const TIMES_OF_WRITING = new Set(['updated_at'])

/** A hash a table of everything an import keeps, so that two databases can be compared. */
export async function contentDigest(db: Database): Promise<Record<string, { rows: number; hash: string }>> {
  const digest: Record<string, { rows: number; hash: string }> = {}
  for (const [table, key] of Object.entries(TABLES)) {
    const all = db.sql(table).orderBy([...key])
    // Found afterwards, by whatever was in the search index then.
    if (table === 'thread_links') all.whereNot({ kind: 'near-duplicate' })
    const rows: Record<string, unknown>[] = await all
    const hash = createHash('sha256')
    for (const row of rows) {
      const kept = Object.keys(row).filter((column) => !TIMES_OF_WRITING.has(column))
      hash.update(JSON.stringify(kept.sort().map((column) => [column, row[column]])))
    }
    digest[table] = { rows: rows.length, hash: hash.digest('hex') }
  }
  return digest
}
