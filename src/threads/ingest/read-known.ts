import type { Database } from '../../platform/index.ts'
import type { PostKind } from '../../sources/index.ts'
import { type Batch, idOf } from './batch.ts'

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

const threadColumns = ['id', 'record_hash', 'as_of', 'removed_at'] as const
const postColumns = [...threadColumns, 'kind', 'thread_id', 'home_id'] as const

/** One query a kind, whatever the batch holds. */
export async function readKnown(db: Database, batch: Batch): Promise<Known> {
  const wanted = wantedIds(batch)
  const threads = await rowsOf<KnownThread>(db, 'threads', threadColumns, wanted.threads)
  const posts = await rowsOf<KnownPost>(db, 'posts', postColumns, wanted.posts)
  const absent = datedIds(batch).filter((id) => !threads.has(id) && !posts.has(id))
  const stones = await rowsOf<{ id: string; as_of: string }>(db, 'tombstones', ['id', 'as_of'], absent)
  return { threads, posts, tombstones: new Map([...stones].map(([id, { as_of }]) => [id, as_of])) }
}

function wantedIds({ threads, posts, removals }: Batch) {
  const wanted = { threads: threads.map(idOf), posts: posts.map(idOf) }
  for (const { of, id } of removals) wanted[of === 'thread' ? 'threads' : 'posts'].push(id)
  return wanted
}

function datedIds({ threads, posts }: Batch): string[] {
  const dated: string[] = []
  for (const { id, record } of threads) if (record.asOf !== undefined) dated.push(id)
  for (const { id, record } of posts) if (record.asOf !== undefined) dated.push(id)
  return dated
}

/** Record hashes of the members that exist, by id. */
export async function memberHashes(
  db: Database,
  wanted: readonly { readonly id: string }[],
): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; record_hash: string }>(
    db,
    'members',
    ['id', 'record_hash'],
    wanted.map(idOf),
  )
  const hashes = new Map<string, string>()
  for (const [id, { record_hash }] of rows) hashes.set(id, record_hash)
  return hashes
}

async function rowsOf<Row extends { readonly id: string }>(
  db: Database,
  table: string,
  columns: readonly (keyof Row & string)[],
  ids: readonly string[],
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>()
  if (ids.length === 0) return found
  const rows = await db.query<Row>(`select ${columns.join(',')} from ${table} where id = any(?)`, [ids])
  for (const row of rows) found.set(row.id, row)
  return found
}
