import type { Database } from '../../platform/database/database.ts'
import type { KeyedPost, Outcome, WriteOrigin } from './batch.ts'
import type { NewPostChange } from './post-changes.ts'
import type { KnownPost } from './read-known.ts'
import type { TextWork } from './text-work.ts'
import type { AcceptanceChanges } from './write-acceptances.ts'
import type { TurnedPost } from './write-removals.ts'

/** What the writing of a batch did to posts that were there before. */
interface Happened {
  /** New and changed posts. */
  readonly posts: readonly KeyedPost[]
  /** The posts that were there, as they were. */
  readonly known: ReadonlyMap<string, KnownPost>
  /** Bodies that were there, as they were, of posts that may have been edited. */
  readonly bodies: ReadonlyMap<string, string>
  readonly newThreads: ReadonlyMap<string, Outcome>
  readonly removed: readonly TurnedPost[]
  readonly restored: readonly TurnedPost[]
  readonly acceptances: AcceptanceChanges
  readonly work: TextWork
}

/** The stored bodies of posts that a batch may edit; none where changes are not kept. */
export async function readBodies(
  db: Database,
  { keepsChanges }: WriteOrigin,
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
): Promise<Map<string, string>> {
  if (!keepsChanges) return new Map()
  const ids = posts.flatMap(({ id, hash }) => {
    const before = known.get(id)
    const isEdit = before !== undefined && before.removed_at === null && before.record_hash !== hash
    return isEdit ? [id] : []
  })
  if (ids.length === 0) return new Map()
  const rows: { id: string; body: string }[] = await db
    .sql('posts')
    .select('id', 'body')
    .where(db.among('id', ids))
  return new Map(rows.map(({ id, body }) => [id, body]))
}

/** The changes worth keeping: a post that is new is none, nor is one whose record differs in more than its text. */
export function gatherChanges(origin: WriteOrigin, happened: Happened): NewPostChange[] {
  if (!origin.keepsChanges) return []
  const { posts, known, bodies, newThreads, removed, restored, acceptances, work } = happened
  const changes: NewPostChange[] = []
  for (const { id, record } of posts) {
    const row = known.get(id)
    if (row === undefined) continue
    const post = { postId: id, threadId: row.thread_id ?? undefined }
    const before = bodies.get(id)
    const after = work.markdown(record)
    if (row.removed_at !== null) changes.push({ ...post, what: 'restored', after })
    else if (before !== undefined && before !== after)
      changes.push({ ...post, what: 'edited', before, after })
  }
  for (const { id, threadId, body } of restored)
    changes.push({ postId: id, threadId, what: 'restored', after: body })
  changes.push(...deletions(removed))
  for (const [threadId, turned] of acceptances) {
    if (newThreads.get(threadId) === 'new' || origin.isNewThread(threadId)) continue
    for (const { postId, accepted } of turned)
      changes.push({ postId, threadId, what: accepted ? 'accepted' : 'unaccepted' })
  }
  return changes
}

export function deletions(removed: readonly TurnedPost[]): NewPostChange[] {
  return removed.map(({ id, threadId, body }) => ({ postId: id, threadId, what: 'deleted', before: body }))
}
