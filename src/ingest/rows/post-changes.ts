import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { BulkTable } from '../../platform/database/put-rows.ts'
import { newId } from '../../platform/ids.ts'
import type { KeyedPost, Outcome, WriteOrigin } from './batch.ts'
import type { KnownPost } from './read-known.ts'
import type { Redaction } from './redaction.ts'
import type { TextWork } from './text-work.ts'
import type { AcceptanceChanges } from './write-acceptances.ts'
import type { AffectedPost } from './write-removals.ts'

export const POST_CHANGES = ['edited', 'deleted', 'restored', 'accepted', 'unaccepted'] as const
/** What happened to a post that existed before. */
export type PostChangeKind = (typeof POST_CHANGES)[number]

export interface NewPostChange {
  readonly postId: string
  /** Where it is shown. */
  readonly threadId: string | undefined
  readonly what: PostChangeKind
  /** Markdown; of an edit or a deletion. */
  readonly before?: string
  /** Markdown; of an edit or a restored post. */
  readonly after?: string
}

/** A change as events carry it; the texts stay in `post_changes`. */
export interface PostChangeSummary {
  readonly id: string
  readonly postId: string
  readonly what: PostChangeKind
}

const table: BulkTable = {
  name: 'post_changes',
  key: ['id'],
  columns: [
    'id',
    'source_id',
    'thread_id',
    'post_id',
    'what',
    'before',
    'after',
    'at',
    'import_id',
    'delivery',
  ],
}

/** Records changes in the transaction that makes them. For a source that is redacted, the text before a change is redacted too. */
export async function writePostChanges(
  db: Database,
  clock: Clock,
  { sourceId, importId, delivery, redaction }: WriteOrigin,
  made: readonly NewPostChange[],
): Promise<PostChangeSummary[]> {
  const changes = redaction === undefined ? made : made.flatMap((each) => redacted(each, redaction))
  const now = clock.now()
  const summaries = changes.map(({ postId, what }) => ({ id: newId('chg', now), postId, what }))
  await db.put(
    table,
    changes.map(({ postId, threadId, what, before, after }, i) => [
      summaries[i]!.id,
      sourceId,
      threadId ?? null,
      postId,
      what,
      before ?? null,
      after ?? null,
      isoNow(clock),
      importId ?? null,
      delivery ?? null,
    ]),
  )
  return summaries
}

/** An edit that only removed personal data is not recorded: its author did not make it. */
function redacted(change: NewPostChange, redaction: Redaction): NewPostChange[] {
  if (change.before === undefined) return [change]
  const before = redaction.markdown(change.before)
  return before === change.after ? [] : [{ ...change, before }]
}

/** What writing a batch did to posts that existed before. */
interface BatchEffects {
  /** New and changed posts. */
  readonly posts: readonly KeyedPost[]
  /** The stored posts, as they were before the batch. */
  readonly known: ReadonlyMap<string, KnownPost>
  /** Bodies before the batch, of posts that may have been edited. */
  readonly bodies: ReadonlyMap<string, string>
  readonly newThreads: ReadonlyMap<string, Outcome>
  readonly removed: readonly AffectedPost[]
  readonly restored: readonly AffectedPost[]
  readonly acceptances: AcceptanceChanges
  readonly work: TextWork
}

/** The stored bodies of posts that a batch may edit; empty where changes are not recorded. */
export async function readBodies(
  db: Database,
  { recordsChanges }: WriteOrigin,
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
): Promise<Map<string, string>> {
  if (!recordsChanges) return new Map()
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

/** The changes to record. A new post is not a change, nor is an edit that leaves the text as it was. */
export function gatherChanges(origin: WriteOrigin, effects: BatchEffects): NewPostChange[] {
  if (!origin.recordsChanges) return []
  const { posts, known, bodies, newThreads, removed, restored, acceptances, work } = effects
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
  for (const [threadId, changed] of acceptances) {
    if (newThreads.get(threadId) === 'new' || origin.isNewThread(threadId)) continue
    for (const { postId, accepted } of changed)
      changes.push({ postId, threadId, what: accepted ? 'accepted' : 'unaccepted' })
  }
  return changes
}

export function deletions(removed: readonly AffectedPost[]): NewPostChange[] {
  return removed.map(({ id, threadId, body }) => ({ postId: id, threadId, what: 'deleted', before: body }))
}
