import type { Database } from '../platform/index.ts'
import type { PostKind } from '../sources/index.ts'
import type { Batch } from './batch.ts'
import { padded } from './bulk-rows.ts'

export interface KnownPost {
  readonly id: string
  readonly record_hash: string
  readonly kind: PostKind
  readonly thread_id: string | null
}

/** What the database holds of a batch's threads and posts, by id. */
export interface Known {
  /** Record hash of each thread. */
  readonly threads: ReadonlyMap<string, string>
  readonly posts: ReadonlyMap<string, KnownPost>
}

/** One query a kind, whatever the batch holds. */
export async function readKnown(db: Database, batch: Batch): Promise<Known> {
  const threads = await hashesOf(db, 'threads', batch.threads)
  const posts = new Map<string, KnownPost>()
  if (batch.posts.length > 0) {
    const ids = padded(batch.posts.map(({ id }) => id))
    const rows: KnownPost[] = await db
      .sql('posts')
      .select('id', 'record_hash', 'kind', 'thread_id')
      .whereIn('id', ids)
    for (const row of rows) posts.set(row.id, row)
  }
  return { threads, posts }
}

/** Record hashes of the rows that exist, by id. */
export async function hashesOf(
  db: Database,
  table: 'threads' | 'members',
  wanted: readonly { readonly id: string }[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map()
  const ids = padded(wanted.map(({ id }) => id))
  const rows: { id: string; record_hash: string }[] = await db
    .sql(table)
    .select('id', 'record_hash')
    .whereIn('id', ids)
  return new Map(rows.map((row) => [row.id, row.record_hash]))
}
