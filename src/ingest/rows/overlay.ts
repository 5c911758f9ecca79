import type { Database } from '../../platform/database/database.ts'
import type { PostKind } from '../../sources/record.ts'

/** Where an agent's split put a post. */
interface Move {
  readonly threadId: string
  /** Whether it is the question there. */
  readonly asks: boolean
}

/** Where a post is: `home` as its source says, `thread` as it is shown, by the merges and splits of agents. */
export interface Placed {
  readonly home: string
  readonly thread: string
}

/** What agents made of the threads of a source; imports apply it to whatever they write. */
export interface Overlay {
  /** The thread that the posts of this one are shown in: itself, or what it was merged into, and that in turn. */
  resolve(threadId: string): string
  moveOf(postId: string): Move | undefined
}

export const NO_OVERLAY: Overlay = { resolve: (threadId) => threadId, moveOf: () => undefined }

/** Reads what concerns these posts and threads: one quick look where no agent ever merged or split anything. */
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

/** What stands in `home_id`: nothing where a post is shown at home. */
export function homeOf(placed: Placed | undefined): string | null {
  return placed === undefined || placed.home === placed.thread ? null : placed.home
}

/** Where a stored post is. */
export function placeOf(row: {
  readonly thread_id: string | null
  readonly home_id: string | null
}): Placed | undefined {
  return row.thread_id === null ? undefined : { home: row.home_id ?? row.thread_id, thread: row.thread_id }
}

/** What a post is shown as where it is: one question a thread, those that came with others are remarks. */
export function shownKind(told: PostKind, { home, thread }: Placed, move: Move | undefined): PostKind {
  if (home === thread) return told
  if (move?.asks && move.threadId === thread) return 'question'
  return told === 'question' ? 'comment' : told
}

export async function hasOverlay(db: Database, sourceId: string): Promise<boolean> {
  const rows = await db.query(
    `select 1 where exists (select 1 from thread_merges where source_id = ?)
      or exists (select 1 from post_moves where source_id = ?)`,
    [sourceId, sourceId],
  )
  return rows.length > 0
}

/** Which of these posts agents moved. */
export async function readMoves(db: Database, postIds: readonly string[]): Promise<Map<string, Move>> {
  if (postIds.length === 0) return new Map()
  const rows: { post_id: string; thread_id: string; asks: boolean | number }[] = await db
    .sql('post_moves')
    .where(db.among('post_id', postIds))
  return new Map(
    rows.map(({ post_id, thread_id, asks }) => [post_id, { threadId: thread_id, asks: Boolean(asks) }]),
  )
}

/** Chains of merges from these threads on; a merge into a thread that its source removed waits for its return. */
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
