import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { BulkTable } from '../../platform/database/put-rows.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import type { KeyedPost, Outcome, WriteOrigin } from './batch.ts'
import type { KnownPost } from './read-known.ts'
import type { Redaction } from './redaction.ts'
import type { TextWork } from './text-work.ts'
import type { AcceptanceChanges } from './write-acceptances.ts'
import type { TurnedPost } from './write-removals.ts'

export const POST_CHANGES = ['edited', 'deleted', 'restored', 'accepted', 'unaccepted'] as const
/** What happened to a post that was there before. */
export type PostChangeKind = (typeof POST_CHANGES)[number]

export interface NewPostChange {
  readonly postId: string
  /** Where it is shown. */
  readonly threadId: string | undefined
  readonly what: PostChangeKind
  /** Markdown; of an edit, a deletion. */
  readonly before?: string
  /** Markdown; of an edit, a return. */
  readonly after?: string
}

/** A change as events carry it; the texts are with the change itself. */
export interface PostChangeSummary {
  readonly id: string
  readonly postId: string
  readonly what: PostChangeKind
}

export interface PostChange {
  readonly id: string
  readonly postId: string
  readonly what: PostChangeKind
  /** Absent on a post that was not there. */
  readonly before?: PostSide
  /** Absent on a post that is not there. */
  readonly after?: PostSide
  /** When it was learnt. */
  readonly at: string
  /** The import that brought it, or the delivery. */
  readonly importId?: string
  readonly delivery?: string
}

/** What is told of a post on one side of a change. */
export interface PostSide {
  /** Markdown. */
  readonly body?: string
  readonly accepted?: boolean
}

interface ChangeRow {
  id: string
  source_id: string
  thread_id: string | null
  post_id: string
  what: PostChangeKind
  before: string | null
  after: string | null
  at: string
  import_id: string | null
  delivery: string | null
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

/** Notes changes in the transaction that makes them. Of a source that is redacted, what was stored before is too. */
export async function writePostChanges(
  db: Database,
  clock: Clock,
  { sourceId, importId, delivery, redaction }: WriteOrigin,
  happened: readonly NewPostChange[],
): Promise<PostChangeSummary[]> {
  const changes = redaction === undefined ? happened : happened.flatMap((each) => redacted(each, redaction))
  const now = clock.now()
  const told = changes.map(({ postId, what }) => ({ id: newId('chg', now), postId, what }))
  await db.put(
    table,
    changes.map(({ postId, threadId, what, before, after }, i) => [
      told[i]!.id,
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
  return told
}

/** An edit that only took personal data out is none of its author's. */
function redacted(change: NewPostChange, redaction: Redaction): NewPostChange[] {
  if (change.before === undefined) return [change]
  const before = redaction.markdown(change.before)
  return before === change.after ? [] : [{ ...change, before }]
}

/** What happened to the posts that a thread shows or showed, the latest first. */
export async function listPostChanges(
  db: Database,
  threadId: string,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<Page<PostChange>> {
  const here = db.sql('posts').where({ thread_id: threadId }).select('id')
  const query = db
    .sql<ChangeRow>('post_changes')
    .whereIn('post_id', here)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query.where('id', '<', decodeCursor(cursor).id)
  const rows: ChangeRow[] = await query
  return toPage(rows.map(present), limit, ({ at, id }) => ({ key: at, id }))
}

function present(row: ChangeRow): PostChange {
  const { before, after } = sidesOf(row)
  return {
    id: row.id,
    postId: row.post_id,
    what: row.what,
    before,
    after,
    at: row.at,
    importId: row.import_id ?? undefined,
    delivery: row.delivery ?? undefined,
  }
}

function sidesOf({ what, before, after }: ChangeRow): { before?: PostSide; after?: PostSide } {
  switch (what) {
    case 'edited':
      return { before: { body: before ?? '' }, after: { body: after ?? '' } }
    case 'deleted':
      return { before: { body: before ?? '' } }
    case 'restored':
      return { after: { body: after ?? '' } }
    case 'accepted':
      return { before: { accepted: false }, after: { accepted: true } }
    case 'unaccepted':
      return { before: { accepted: true }, after: { accepted: false } }
  }
}

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
