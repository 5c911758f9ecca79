import type { Database } from '../../platform/database/database.ts'
import type { PostKind, PostRecord, ThreadRecord } from '../../sources/record.ts'
import { type Batch, idOf, type Keyed } from './batch.ts'

export interface KnownThread {
  readonly id: string
  readonly record_hash: string
  readonly as_of: string | null
  readonly removed_at: string | null
}

export interface KnownPost extends KnownThread {
  /** As shown, like `thread_id`. */
  readonly kind: PostKind
  readonly thread_id: string | null
  /** The thread that the source names, where it differs from `thread_id`. */
  readonly home_id: string | null
}

/** What the database holds of a batch's threads and posts, by id. */
export interface Known {
  readonly threads: ReadonlyMap<string, KnownThread>
  readonly posts: ReadonlyMap<string, KnownPost>
  /** By id of a thread or post that is not stored: the time of its latest known removal. */
  readonly tombstones: ReadonlyMap<string, string>
}

const threadColumns = ['id', 'record_hash', 'as_of', 'removed_at'] as const
const postColumns = [...threadColumns, 'kind', 'thread_id', 'home_id'] as const

/** Reads them in one query per table, whatever the batch holds. */
export async function readKnown(db: Database, batch: Batch): Promise<Known> {
  const wanted = wantedIds(batch)
  const threads = await rowsOf<KnownThread>(db, 'threads', threadColumns, wanted.threads)
  const posts = await rowsOf<KnownPost>(db, 'posts', postColumns, wanted.posts)
  const absent = datedIds(batch).filter((id) => !threads.has(id) && !posts.has(id))
  const tombstones = await rowsOf<{ id: string; as_of: string }>(db, 'tombstones', ['id', 'as_of'], absent)
  return { threads, posts, tombstones: new Map([...tombstones].map(([id, { as_of }]) => [id, as_of])) }
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

/** Record hashes of the stored members, by id. */
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

/**
 * Drops the records of a batch that are older than what is stored of the same thing, so that deliveries may come late,
 * twice and in any order. If a removal and a record have the same time, the removal stands. A record without a date
 * (from an export) counts as the latest.
 */
export function dropStale(batch: Batch, known: Known): Batch {
  if (!(batch.threads.some(isDated) || batch.posts.some(isDated) || batch.removals.length > 0)) return batch
  const isFresh = (id: string, asOf: string | undefined, row: KnownThread | undefined): boolean => {
    const last = row === undefined ? known.tombstones.get(id) : row.as_of
    if (asOf === undefined || last === undefined || last === null) return true
    const isRemoved = row === undefined || row.removed_at !== null
    return isRemoved ? last < asOf : last <= asOf
  }
  return {
    ...batch,
    threads: batch.threads.filter(({ id, record }) => isFresh(id, record.asOf, known.threads.get(id))),
    posts: batch.posts.filter(({ id, record }) => isFresh(id, record.asOf, known.posts.get(id))),
    removals: batch.removals.filter(({ of, id, asOf }) =>
      isFresh(id, asOf, (of === 'thread' ? known.threads : known.posts).get(id)),
    ),
  }
}

function isDated({ record }: Keyed<ThreadRecord | PostRecord>): boolean {
  return record.asOf !== undefined
}
