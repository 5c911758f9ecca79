import type { Database } from '../../platform/database/database.ts'
import type { BulkTable } from '../../platform/database/put-rows.ts'
import type { KeyedRemoval } from './batch.ts'
import type { Known } from './read-known.ts'

/** A post that is shown no more, or again. */
export interface TurnedPost {
  readonly id: string
  /** Where it was shown. */
  readonly threadId: string | undefined
  readonly body: string
}

interface TurnedRow {
  readonly id: string
  readonly thread_id: string | null
  readonly body: string
}

const columns = ['id', 'thread_id', 'body'] as const
const stones: BulkTable = { name: 'tombstones', key: ['id'], columns: ['id', 'source_id', 'as_of'] }

/**
 * Takes threads with their posts, and posts with their comments, out of all that is read; the rows stay. What is not
 * there yet leaves a stone, so that a record of before its removal that comes late does not bring it.
 *
 * @returns the posts that were shown until now
 */
export async function writeRemovals(
  db: Database,
  sourceId: string,
  removals: readonly KeyedRemoval[],
  known: Known,
  now: string,
): Promise<TurnedPost[]> {
  const turned: TurnedRow[] = []
  const unknown: [string, string, string][] = []
  for (const { of, id, asOf } of removals) {
    if (!(of === 'thread' ? known.threads : known.posts).has(id)) {
      if (asOf !== undefined) unknown.push([id, sourceId, asOf])
      continue
    }
    const dated = asOf === undefined ? {} : { as_of: asOf }
    const at = db.sql.raw('coalesce(removed_at, ?)', [now])
    const own = of === 'thread' ? { removed_at: at } : { removed_at: at, removed_with: null }
    if (of === 'post') turned.push(...(await liveRows(db, [id])))
    await db
      .sql(of === 'thread' ? 'threads' : 'posts')
      .where({ id })
      .update({ ...own, ...dated })
    turned.push(
      ...(await takeAlong(
        db,
        of === 'thread' ? postsAt(db, id) : commentsOn(db, [id]),
        { of, id, asOf },
        now,
      )),
    )
  }
  await putLaterStones(db, unknown)
  return turned.map(toTurned)
}

/** Takes posts out, each by itself: what an export that is whole no longer tells. */
export async function removePosts(db: Database, ids: readonly string[], now: string): Promise<TurnedPost[]> {
  const rows = await liveRows(db, ids)
  await db.sql('posts').where(db.among('id', ids)).whereNull('removed_at').update({ removed_at: now })
  return rows.map(toTurned)
}

/** Brings back what went with threads and posts that are there again. */
export async function bringBack(db: Database, ids: readonly string[]): Promise<TurnedPost[]> {
  if (ids.length === 0) return []
  const rows: TurnedRow[] = await db.sql('posts').select(columns).where(db.among('removed_with', ids))
  await db.sql('posts').where(db.among('removed_with', ids)).update({ removed_at: null, removed_with: null })
  return rows.map(toTurned)
}

async function liveRows(db: Database, ids: readonly string[]): Promise<TurnedRow[]> {
  return db.sql('posts').select(columns).where(db.among('id', ids)).whereNull('removed_at')
}

/** The posts that the source has in a thread, wherever they are shown. */
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
 * Takes out the posts of a query, with the comments on them, because of what was removed. Comments that went with
 * their thread before go with their post from now on: they must not be back before it is.
 *
 * @returns those that were shown until now
 */
async function takeAlong(
  db: Database,
  query: ReturnType<typeof postsAt>,
  { of, id: because, asOf }: KeyedRemoval,
  now: string,
): Promise<TurnedRow[]> {
  const dated =
    asOf === undefined ? {} : { as_of: db.sql.raw('case when as_of > ? then as_of else ? end', [asOf, asOf]) }
  const taken: TurnedRow[] = []
  for (let next = query; ; ) {
    next.where((going) => {
      going.whereNull('removed_at')
      if (of === 'post') going.orWhereNot('removed_with', because)
    })
    const rows: (TurnedRow & { removed_at: string | null })[] = await next.select([...columns, 'removed_at'])
    if (rows.length === 0) return taken
    taken.push(...rows.filter(({ removed_at }) => removed_at === null))
    const ids = rows.map(({ id }) => id)
    await db
      .sql('posts')
      .where(db.among('id', ids))
      .update({ removed_at: db.sql.raw('coalesce(removed_at, ?)', [now]), removed_with: because, ...dated })
    next = commentsOn(db, ids)
  }
}

/** The latest word stands, as anywhere. */
async function putLaterStones(db: Database, rows: readonly [string, string, string][]): Promise<void> {
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
    stones,
    rows.filter(([id, , asOf]) => asOf > (last.get(id) ?? '')),
  )
}

function toTurned({ id, thread_id, body }: TurnedRow): TurnedPost {
  return { id, threadId: thread_id ?? undefined, body }
}
