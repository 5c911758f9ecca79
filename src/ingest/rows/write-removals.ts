import type { Database } from '../../platform/database/database.ts'
import type { BulkTable } from '../../platform/database/put-rows.ts'
import type { KeyedRemoval } from './batch.ts'
import type { Known } from './read-known.ts'

/** A post that was removed or restored. */
export interface AffectedPost {
  readonly id: string
  /** The thread that showed it. */
  readonly threadId: string | undefined
  readonly body: string
}

interface AffectedRow {
  readonly id: string
  readonly thread_id: string | null
  readonly body: string
}

const columns = ['id', 'thread_id', 'body'] as const
const tombstoneTable: BulkTable = { name: 'tombstones', key: ['id'], columns: ['id', 'source_id', 'as_of'] }

/**
 * Marks threads with their posts, and posts with their comments, as removed; the rows stay. The removal of an unknown
 * thread or post leaves a tombstone, so that an older record that comes later does not add it.
 *
 * @returns the posts that were shown until now
 */
export async function writeRemovals(
  db: Database,
  sourceId: string,
  removals: readonly KeyedRemoval[],
  known: Known,
  now: string,
): Promise<AffectedPost[]> {
  const affected: AffectedRow[] = []
  const unknown: [string, string, string][] = []
  for (const { of, id, asOf } of removals) {
    if (!(of === 'thread' ? known.threads : known.posts).has(id)) {
      if (asOf !== undefined) unknown.push([id, sourceId, asOf])
      continue
    }
    const dated = asOf === undefined ? {} : { as_of: asOf }
    const at = db.sql.raw('coalesce(removed_at, ?)', [now])
    const own = of === 'thread' ? { removed_at: at } : { removed_at: at, removed_with: null }
    if (of === 'post') affected.push(...(await liveRows(db, [id])))
    await db
      .sql(of === 'thread' ? 'threads' : 'posts')
      .where({ id })
      .update({ ...own, ...dated })
    affected.push(
      ...(await removeWith(
        db,
        of === 'thread' ? postsAt(db, id) : commentsOn(db, [id]),
        { of, id, asOf },
        now,
      )),
    )
  }
  await writeTombstones(db, unknown)
  return affected.map(toAffected)
}

/** Removes single posts: those that are missing from a complete export. */
export async function removePosts(
  db: Database,
  ids: readonly string[],
  now: string,
): Promise<AffectedPost[]> {
  const rows = await liveRows(db, ids)
  await db.sql('posts').where(db.among('id', ids)).whereNull('removed_at').update({ removed_at: now })
  return rows.map(toAffected)
}

/** Restores the posts that were removed together with threads and posts that are restored now. */
export async function restorePosts(db: Database, ids: readonly string[]): Promise<AffectedPost[]> {
  if (ids.length === 0) return []
  const rows: AffectedRow[] = await db.sql('posts').select(columns).where(db.among('removed_with', ids))
  await db.sql('posts').where(db.among('removed_with', ids)).update({ removed_at: null, removed_with: null })
  return rows.map(toAffected)
}

async function liveRows(db: Database, ids: readonly string[]): Promise<AffectedRow[]> {
  return db.sql('posts').select(columns).where(db.among('id', ids)).whereNull('removed_at')
}

/** The posts that belong to a thread in the source, wherever they are shown. */
function postsAt(db: Database, threadId: string) {
  return db
    .sql('posts')
    .where((at) => at.where({ thread_id: threadId }).whereNull('home_id').orWhere({ home_id: threadId }))
}

function commentsOn(db: Database, postIds: readonly string[]) {
  const threads = db.sql('posts').where(db.among('id', postIds)).select('thread_id')
  return db
    .sql('posts')
    .where({ kind: 'comment' })
    .whereIn('thread_id', threads)
    .where(db.among('parent_id', postIds))
}

/**
 * Removes the posts of a query and the comments on them, as a consequence of a removal. Comments that were removed with
 * their thread before now depend on their post: they must not be restored before it is.
 *
 * @returns the posts that were shown until now
 */
async function removeWith(
  db: Database,
  query: ReturnType<typeof postsAt>,
  { of, id: because, asOf }: KeyedRemoval,
  now: string,
): Promise<AffectedRow[]> {
  const dated =
    asOf === undefined ? {} : { as_of: db.sql.raw('case when as_of > ? then as_of else ? end', [asOf, asOf]) }
  const removed: AffectedRow[] = []
  for (let next = query; ; ) {
    next.where((live) => {
      live.whereNull('removed_at')
      if (of === 'post') live.orWhereNot('removed_with', because)
    })
    const rows: (AffectedRow & { removed_at: string | null })[] = await next.select([
      ...columns,
      'removed_at',
    ])
    if (rows.length === 0) return removed
    removed.push(...rows.filter(({ removed_at }) => removed_at === null))
    const ids = rows.map(({ id }) => id)
    await db
      .sql('posts')
      .where(db.among('id', ids))
      .update({ removed_at: db.sql.raw('coalesce(removed_at, ?)', [now]), removed_with: because, ...dated })
    next = commentsOn(db, ids)
  }
}

/** Of several removals of one thing the latest stands. */
async function writeTombstones(db: Database, rows: readonly [string, string, string][]): Promise<void> {
  if (rows.length === 0) return
  const stored: { id: string; as_of: string }[] = await db
    .sql('tombstones')
    .select('id', 'as_of')
    .where(
      db.among(
        'id',
        rows.map(([id]) => id),
      ),
    )
  const last = new Map(stored.map(({ id, as_of }) => [id, as_of]))
  await db.put(
    tombstoneTable,
    rows.filter(([id, , asOf]) => asOf > (last.get(id) ?? '')),
  )
}

function toAffected({ id, thread_id, body }: AffectedRow): AffectedPost {
  return { id, threadId: thread_id ?? undefined, body }
}
