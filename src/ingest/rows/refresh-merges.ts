import type { Database } from '../../platform/database/database.ts'
import type { PostKind } from '../../sources/record.ts'
import { hasOverlay, homeOf, type Overlay, type Placed, placeOf, readOverlay, shownKind } from './overlay.ts'

interface ShownRow {
  readonly id: string
  readonly parent_id: string | null
  readonly kind: PostKind
  readonly stated_kind: PostKind | null
  readonly thread_id: string
  readonly home_id: string | null
}

const columns = ['id', 'parent_id', 'kind', 'stated_kind', 'thread_id', 'home_id'] as const

/**
 * A merge has no effect while the thread it leads into is removed, and takes effect again when that thread is restored:
 * the threads that were merged into it were not removed themselves.
 *
 * @returns the threads whose posts moved
 */
export async function refreshMerges(
  db: Database,
  sourceId: string,
  { removed, restored }: { readonly removed: readonly string[]; readonly restored: readonly string[] },
): Promise<ReadonlySet<string>> {
  const changed = [...removed, ...restored]
  if (changed.length === 0 || !(await hasOverlay(db, sourceId))) return new Set()
  const merged = await mergedInto(db, changed)
  if (merged.length === 0) return new Set()
  const shownIn: string[] = await db
    .sql('threads')
    .where(db.among('id', merged))
    .whereNotNull('merged_into')
    .pluck('merged_into')
  return recomputePlaces(db, sourceId, [...new Set([...changed, ...merged, ...shownIn])], merged)
}

/** Threads that were merged into these, directly or through others. */
export async function mergedInto(db: Database, threadIds: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (let into = [...threadIds]; into.length > 0; ) {
    const rows: string[] = await db.sql('thread_merges').where(db.among('into_id', into)).pluck('thread_id')
    into = rows.filter((id) => !found.has(id))
    for (const id of into) found.add(id)
  }
  return [...found]
}

/**
 * Moves the posts that `shownIn` threads show to where merges and splits now place them, and updates what the `merged`
 * threads are merged into.
 *
 * @returns all threads concerned, which the caller must recompute
 */
export async function recomputePlaces(
  db: Database,
  sourceId: string,
  shownIn: readonly string[],
  merged: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows: ShownRow[] = await db.sql('posts').select(columns).where(db.among('thread_id', shownIn))
  const parents = await parentsOf(db, rows)
  const at = rows.map((row) => ({ id: row.id, threadId: row.home_id ?? row.thread_id }))
  const overlay = await readOverlay(db, sourceId, at, merged)
  for (const id of merged) {
    const into = overlay.resolve(id)
    await db
      .sql('threads')
      .where({ id })
      .update({ merged_into: into === id ? null : into })
  }
  const touched = new Set<string>([...shownIn, ...merged])
  const places = createPlacer(rows, parents, overlay)
  const groups = new Map<string, { readonly set: object; readonly ids: string[] }>()
  for (const row of rows) {
    const place = places(row)
    const stated = row.stated_kind ?? row.kind
    const kind = shownKind(stated, place, overlay.moveOf(row.id))
    touched.add(place.thread)
    const set = {
      thread_id: place.thread,
      home_id: homeOf(place),
      kind,
      stated_kind: kind === stated ? null : stated,
    }
    const key = JSON.stringify(set)
    const group = groups.get(key) ?? { set, ids: [] }
    group.ids.push(row.id)
    groups.set(key, group)
  }
  for (const { set, ids } of groups.values()) {
    for (let from = 0; from < ids.length; from += CHUNK)
      await db
        .sql('posts')
        .where(db.among('id', ids.slice(from, from + CHUNK)))
        .update(set)
  }
  return touched
}

const CHUNK = 500

/** The place of a post: a comment is with its parent, another post in its own or its merged thread, unless it was moved. */
function createPlacer(rows: readonly ShownRow[], parents: ReadonlyMap<string, Placed>, overlay: Overlay) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const known = new Map<string, Placed>(parents)

  /** Walks up to an ancestor with a known place and back down, without recursion: chains may be long. */
  return (row: ShownRow): Placed => {
    const path: ShownRow[] = []
    const met = new Set<string>()
    for (let next: ShownRow | undefined = row; next !== undefined && !known.has(next.id); ) {
      path.push(next)
      met.add(next.id)
      const above: string | undefined = aboveOf(next)
      next = above === undefined || met.has(above) ? undefined : byId.get(above)
    }
    for (const each of path.reverse()) known.set(each.id, place(each))
    return known.get(row.id)!
  }

  function place(row: ShownRow): Placed {
    const move = overlay.moveOf(row.id)
    const above = known.get(aboveOf(row) ?? '')
    const home = above?.home ?? row.home_id ?? row.thread_id
    if (move !== undefined) return { home, thread: overlay.resolve(move.threadId) }
    return above ?? { home, thread: overlay.resolve(home) }
  }

  function aboveOf({ stated_kind, kind, parent_id }: ShownRow): string | undefined {
    return (stated_kind ?? kind) === 'comment' ? (parent_id ?? undefined) : undefined
  }
}

/** The places of parents that are not among the rows themselves. */
async function parentsOf(db: Database, rows: readonly ShownRow[]): Promise<Map<string, Placed>> {
  const ids = new Set(rows.map(({ id }) => id))
  const absent = rows.flatMap(({ parent_id }) =>
    parent_id === null || ids.has(parent_id) ? [] : [parent_id],
  )
  if (absent.length === 0) return new Map()
  const found: Pick<ShownRow, 'id' | 'thread_id' | 'home_id'>[] = await db
    .sql('posts')
    .select('id', 'thread_id', 'home_id')
    .where(db.among('id', absent))
  return new Map(found.flatMap((row) => (row.thread_id === null ? [] : [[row.id, placeOf(row)!]])))
}
