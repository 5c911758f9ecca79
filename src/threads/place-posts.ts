import type { Database } from '../platform/index.ts'
import type { KeyedPost } from './batch.ts'
import { homeOf, NO_OVERLAY, type Overlay, type Placed, placeOf, readMoves } from './overlay.ts'
import type { KnownPost } from './read-known.ts'

interface PlaceRow {
  readonly id: string
  readonly parent_id: string | null
  readonly thread_id: string | null
  readonly home_id: string | null
}

/** Where posts are: in the thread they name, else where their parent is, in the batch or in the database. */
export async function placePosts(
  db: Database,
  posts: readonly KeyedPost[],
  overlay: Overlay,
): Promise<Map<string, Placed | undefined>> {
  const inBatch = new Map(posts.map((post) => [post.id, post]))
  const parents = posts.flatMap(({ threadId, parentId }) =>
    threadId === undefined && parentId !== undefined && !inBatch.has(parentId) ? [parentId] : [],
  )
  const stored = new Map<string, Placed | undefined>()
  if (parents.length > 0) {
    const rows = await db.query<PlaceRow>(
      'select id, parent_id, thread_id, home_id from posts where id = any(?)',
      [[...new Set(parents)]],
    )
    for (const row of rows) stored.set(row.id, placeOf(row))
  }
  return new Map(posts.map((post) => [post.id, placeFrom(post)]))

  function placeFrom(post: KeyedPost): Placed | undefined {
    const path = new Set<string>()
    // The nearest post above that an agent moved takes along what hangs on it.
    let moved: string | undefined
    let at: KeyedPost | undefined = post
    while (at !== undefined && !path.has(at.id)) {
      const move = overlay.moveOf(at.id)
      if (move !== undefined) moved ??= overlay.resolve(move.threadId)
      if (at.threadId !== undefined)
        return { home: at.threadId, thread: moved ?? overlay.resolve(at.threadId) }
      if (at.parentId === undefined) return undefined
      path.add(at.id)
      const parent: KeyedPost | undefined = inBatch.get(at.parentId)
      if (parent === undefined) {
        const placed = stored.get(at.parentId)
        return placed && { home: placed.home, thread: moved ?? placed.thread }
      }
      at = parent
    }
    return undefined
  }
}

/** Comments that came before what they hang on, and comments of posts that now stand in another thread, follow. */
export async function moveComments(
  db: Database,
  changed: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  places: ReadonlyMap<string, Placed | undefined>,
  overlay: Overlay,
): Promise<void> {
  let moved = changed.flatMap(({ id }) => {
    const before = known.get(id)
    const place = places.get(id)
    return isAt(place, before) ? [] : [{ id, place, before: before?.thread_id ?? null }]
  })
  while (moved.length > 0) {
    const target = new Map(moved.map(({ id, place }) => [id, place]))
    const left = [...new Set(moved.flatMap(({ before }) => before ?? []))]
    const followers = [
      ...(await commentsOn(db, [...target.keys()], undefined)),
      ...(left.length === 0 ? [] : await commentsOn(db, [...target.keys()], left)),
    ]
    // Those that an agent put elsewhere by themselves stay there.
    const fixed =
      overlay === NO_OVERLAY
        ? new Map()
        : await readMoves(
            db,
            followers.map(({ id }) => id),
          )
    moved = followers.flatMap((row) => {
      const place = target.get(row.parent_id)
      return fixed.has(row.id) || isAt(place, row) ? [] : [{ id: row.id, place, before: row.thread_id }]
    })
    for (const { place, ids } of byPlace(moved)) {
      await db
        .sql('posts')
        .where(db.among('id', ids))
        .update({ thread_id: place?.thread ?? null, home_id: homeOf(place) })
    }
  }
}

function isAt(place: Placed | undefined, row: Pick<PlaceRow, 'thread_id' | 'home_id'> | undefined): boolean {
  return (row?.thread_id ?? null) === (place?.thread ?? null) && (row?.home_id ?? null) === homeOf(place)
}

function byPlace(moved: readonly { readonly id: string; readonly place: Placed | undefined }[]) {
  const groups = new Map<string, { readonly place: Placed | undefined; readonly ids: string[] }>()
  for (const { id, place } of moved) {
    const key = `${place?.thread} ${place?.home}`
    const group = groups.get(key) ?? { place, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return groups.values()
}

type Comment = PlaceRow & { readonly parent_id: string }

async function commentsOn(
  db: Database,
  parents: readonly string[],
  threads: readonly string[] | undefined,
): Promise<Comment[]> {
  const comments = `select id, parent_id, thread_id, home_id from posts where kind = 'comment' and parent_id = any(?)`
  return threads === undefined
    ? db.query(`${comments} and thread_id is null`, [parents])
    : db.query(`${comments} and thread_id = any(?)`, [parents, threads])
}
