import type { Database } from '../platform/index.ts'
import type { PostKind } from '../sources/index.ts'
import type { Batch } from './batch.ts'

export interface KnownThread {
  readonly id: string
  readonly record_hash: string
  readonly as_of: string | null
  readonly removed_at: string | null
}

export interface KnownPost extends KnownThread {
  /** As it is shown, as is `thread_id`. */
  readonly kind: PostKind
  readonly thread_id: string | null
  /** The thread that the source names, where that is another. */
  readonly home_id: string | null
}

/** What the database holds of a batch's threads and posts, by id. */
export interface Known {
  readonly threads: ReadonlyMap<string, KnownThread>
  readonly posts: ReadonlyMap<string, KnownPost>
  /** Of threads and posts that are not there: until when their source says that they are gone. */
  readonly tombstones: ReadonlyMap<string, string>
}

/** One query a kind, whatever the batch holds. */
export async function readKnown(db: Database, batch: Batch): Promise<Known> {
  const removed = (of: 'thread' | 'post') => batch.removals.filter((each) => each.of === of)
  const threads = await rowsOf<KnownThread>(
    db,
    'threads',
    ['id', 'record_hash', 'as_of', 'removed_at'],
    [...batch.threads, ...removed('thread')],
  )
  const posts = await rowsOf<KnownPost>(
    db,
    'posts',
    ['id', 'record_hash', 'as_of', 'removed_at', 'kind', 'thread_id', 'home_id'],
    [...batch.posts, ...removed('post')],
  )
  const absent = [...batch.threads, ...batch.posts].filter(
    ({ id, record }) => record.asOf !== undefined && !threads.has(id) && !posts.has(id),
  )
  const stones = await rowsOf<{ id: string; as_of: string }>(db, 'tombstones', ['id', 'as_of'], absent)
  return { threads, posts, tombstones: new Map([...stones].map(([id, { as_of }]) => [id, as_of])) }
}

/** Record hashes of the members that exist, by id. */
export async function memberHashes(
  db: Database,
  wanted: readonly { readonly id: string }[],
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; record_hash: string }>(db, 'members', ['id', 'record_hash'], wanted)
  return new Map([...rows].map(([id, { record_hash }]) => [id, record_hash]))
}

async function rowsOf<Row extends { readonly id: string }>(
  db: Database,
  table: string,
  columns: readonly (keyof Row & string)[],
  wanted: readonly { readonly id: string }[],
): Promise<Map<string, Row>> {
  if (wanted.length === 0) return new Map()
  const ids = wanted.map(({ id }) => id)
  const rows = await db.query<Row>(`select ${columns.join(',')} from ${table} where id = any(?)`, [ids])
  return new Map(rows.map((row) => [row.id, row]))
}
