import type { Database } from '../../platform/database/database.ts'
import type { PostKind } from '../../sources/record.ts'

/** The thread to which an agent's split moved a post. */
interface Move {
  readonly threadId: string
  /** Whether the post is the question of that thread. */
  readonly asks: boolean
}

/** The threads of a post: `home` by its source, `thread` as shown after the merges and splits of agents. */
export interface Placed {
  readonly home: string
  readonly thread: string
}

/** The merges and splits that agents made in a source; imports apply them to whatever they write. */
export interface Overlay {
  /** The thread that shows the posts of this one: itself, or the end of its chain of merges. */
  resolve(threadId: string): string
  moveOf(postId: string): Move | undefined
}

export const NO_OVERLAY: Overlay = { resolve: (threadId) => threadId, moveOf: () => undefined }

/** Reads the overlay of these posts and threads; a single cheap query where no agent ever merged or split anything. */
export async function readOverlay(
  db: Database,
  sourceId: string,
  posts: readonly { readonly id: string; readonly threadId: string | undefined }[],
  threadIds: readonly string[] = [],
): Promise<Overlay> {
  if (!(await hasOverlay(db, sourceId))) return NO_OVERLAY
  const moves = await readMoves(
    db,
    posts.map(({ id }) => id),
  )
  const into = await readMerges(db, [
    ...threadIds,
    ...posts.flatMap(({ threadId }) => threadId ?? []),
    ...[...moves.values()].map(({ threadId }) => threadId),
  ])
  return {
    resolve(threadId) {
      let at = threadId
      for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next
      return at
    },
    moveOf: (postId) => moves.get(postId),
  }
}

/** The value of `home_id`: null where a post is shown in its own thread. */
export function homeOf(placed: Placed | undefined): string | null {
  return placed === undefined || placed.home === placed.thread ? null : placed.home
}

/** The place of a stored post. */
export function placeOf(row: {
  readonly thread_id: string | null
  readonly home_id: string | null
}): Placed | undefined {
  return row.thread_id === null ? undefined : { home: row.home_id ?? row.thread_id, thread: row.thread_id }
}

/** The kind that a post is shown as: a thread has one question, and the questions of merged threads become comments. */
export function shownKind(stated: PostKind, { home, thread }: Placed, move: Move | undefined): PostKind {
  if (home === thread) return stated
  if (move?.asks && move.threadId === thread) return 'question'
  return stated === 'question' ? 'comment' : stated
}

export async function hasOverlay(db: Database, sourceId: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 where exists (select 1 from thread_merges where source_id = ?)
      or exists (select 1 from post_moves where source_id = ?)`,
    [sourceId, sourceId],
  )
  return rows.length > 0
}

/** The moves of those of these posts that agents moved. */
export async function readMoves(db: Database, postIds: readonly string[]): Promise<Map<string, Move>> {
  if (postIds.length === 0) return new Map()
  const rows: { post_id: string; thread_id: string; asks: boolean | number }[] = await db
    .sql('post_moves')
    .where(db.among('post_id', postIds))
  return new Map(
    rows.map(({ post_id, thread_id, asks }) => [post_id, { threadId: thread_id, asks: Boolean(asks) }]),
  )
}

/** The chains of merges that begin at these threads. A merge into a removed thread has no effect until it is restored. */
async function readMerges(db: Database, threadIds: readonly string[]): Promise<Map<string, string>> {
  const into = new Map<string, string>()
  let wanted = [...new Set(threadIds)]
  while (wanted.length > 0) {
    const rows: { thread_id: string; into_id: string }[] = await db
      .sql('thread_merges as m')
      .join('threads as t', 't.id', 'm.into_id')
      .where(db.among('m.thread_id', wanted))
      .whereNull('t.removed_at')
      .select('m.thread_id', 'm.into_id')
    for (const { thread_id, into_id } of rows) into.set(thread_id, into_id)
    wanted = [...new Set(rows.map(({ into_id }) => into_id))].filter((id) => !into.has(id))
  }
  return into
}
