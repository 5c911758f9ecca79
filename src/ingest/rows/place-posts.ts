import type { Database } from '../../platform/database/database.ts'
import type { KeyedPost } from './batch.ts'
import { homeOf, NO_OVERLAY, type Overlay, type Placed, placeOf, readMoves } from './overlay.ts'
import type { KnownPost } from './read-known.ts'

interface PlaceRow {
  readonly id: string
  readonly parent_id: string | null
  readonly thread_id: string | null
  readonly home_id: string | null
}

/** The places of posts: the thread they name, else that of their parent, in the batch or in the database. */
export async function placePosts(
  db: Database,
  posts: readonly KeyedPost[],
  overlay: Overlay,
): Promise<Map<string, Placed | undefined>> {
  const inBatch = new Map<string, KeyedPost>()
  for (const post of posts) inBatch.set(post.id, post)
  const stored = await storedPlaces(db, parentsOutside(posts, inBatch))
  const places = new Map<string, Placed | undefined>()
  for (const post of posts) places.set(post.id, placeFrom(post, inBatch, stored, overlay))
  return places
}

/** The parents of comments that are not in the batch themselves. */
function parentsOutside(
  posts: readonly KeyedPost[],
  inBatch: ReadonlyMap<string, KeyedPost>,
): ReadonlySet<string> {
  const parents = new Set<string>()
  for (const { threadId, parentId } of posts)
    if (threadId === undefined && parentId !== undefined && !inBatch.has(parentId)) parents.add(parentId)
  return parents
}

async function storedPlaces(
  db: Database,
  ids: ReadonlySet<string>,
): Promise<Map<string, Placed | undefined>> {
  const stored = new Map<string, Placed | undefined>()
  if (ids.size === 0) return stored
  const rows = await db.query<PlaceRow>(
    'select id, parent_id, thread_id, home_id from posts where id = any(?)',
    [[...ids]],
  )
  for (const row of rows) stored.set(row.id, placeOf(row))
  return stored
}

function placeFrom(
  post: KeyedPost,
  inBatch: ReadonlyMap<string, KeyedPost>,
  stored: ReadonlyMap<string, Placed | undefined>,
  overlay: Overlay,
): Placed | undefined {
  if (post.threadId !== undefined && overlay === NO_OVERLAY)
    return { home: post.threadId, thread: post.threadId }
  const path = new Set<string>()
  // The nearest ancestor that an agent moved takes its descendants along.
  let moved: string | undefined
  let at: KeyedPost | undefined = post
  while (at !== undefined && !path.has(at.id)) {
    const move = overlay.moveOf(at.id)
    if (move !== undefined) moved ??= overlay.resolve(move.threadId)
    if (at.threadId !== undefined) return { home: at.threadId, thread: moved ?? overlay.resolve(at.threadId) }
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

/** Moves comments that came before their parent, and comments of posts that are now in another thread, to their parent. */
export async function moveComments(
  db: Database,
  changed: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  places: ReadonlyMap<string, Placed | undefined>,
  overlay: Overlay,
): Promise<void> {
  let moved = displaced(changed, known, places)
  while (moved.length > 0) {
    const { target, left } = movesOf(moved)
    const followers = [
      ...(await commentsOn(db, [...target.keys()], undefined)),
      ...(left.size === 0 ? [] : await commentsOn(db, [...target.keys()], [...left])),
    ]
    if (followers.length === 0) return
    // Comments that an agent moved on their own stay where they are.
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

interface Displaced {
  readonly id: string
  readonly place: Placed | undefined
  /** The thread that showed it before. */
  readonly before: string | null
}

function displaced(
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  places: ReadonlyMap<string, Placed | undefined>,
): Displaced[] {
  const moved: Displaced[] = []
  for (const { id } of posts) {
    const before = known.get(id)
    const place = places.get(id)
    if (!isAt(place, before)) moved.push({ id, place, before: before?.thread_id ?? null })
  }
  return moved
}

function isAt(place: Placed | undefined, row: Pick<PlaceRow, 'thread_id' | 'home_id'> | undefined): boolean {
  return (row?.thread_id ?? null) === (place?.thread ?? null) && (row?.home_id ?? null) === homeOf(place)
}

/** The new places of posts, and the threads that showed them before. */
function movesOf(moved: readonly Displaced[]) {
  const target = new Map<string, Placed | undefined>()
  const left = new Set<string>()
  for (const { id, place, before } of moved) {
    target.set(id, place)
    if (before !== null) left.add(before)
  }
  return { target, left }
}

function byPlace(moved: readonly Displaced[]) {
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
