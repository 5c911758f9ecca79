import type { Database } from '../platform/index.ts'
import type { KeyedPost, Outcome } from './batch.ts'
import { type BulkTable, padded, putRows } from './bulk-rows.ts'
import type { KnownPost } from './read-known.ts'
import { later } from './settle-threads.ts'
import type { TextWork } from './text-work.ts'

const table: BulkTable = {
  name: 'posts',
  key: ['id'],
  columns: [
    'id',
    'source_id',
    'external_id',
    'thread_id',
    'parent_id',
    'kind',
    'author_id',
    'created_at',
    'edited_at',
    'score',
    'record_hash',
    'updated_at',
    'body',
  ],
}

export interface PostsWritten {
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** New and changed posts. */
  readonly changed: readonly KeyedPost[]
  /** Threads that gained, lost or saw changed a question or an answer. */
  readonly touched: ReadonlySet<string>
}

/** Writes the posts that are new or changed, and puts comments into the threads of what they hang on. */
export async function writePosts(
  db: Database,
  sourceId: string,
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  work: TextWork,
): Promise<PostsWritten> {
  const outcomes = new Map<string, Outcome>()
  const touched = new Set<string>()
  for (const { id, hash } of posts) {
    const before = known.get(id)
    outcomes.set(id, before === undefined ? 'new' : before.record_hash === hash ? 'unchanged' : 'changed')
  }
  const changed = posts.filter(({ id }) => outcomes.get(id) !== 'unchanged')
  const threadOf = await placeByParent(db, changed)
  for (const { id, record } of changed) {
    const before = known.get(id)
    if (record.kind === 'comment' && (before === undefined || before.kind === 'comment')) continue
    for (const thread of [before?.thread_id, threadOf.get(id)]) if (thread) touched.add(thread)
  }
  await work.prepare({ posts: changed.map(({ record }) => record), threads: [] })
  await putRows(
    db,
    table,
    changed.map(({ id, hash, record, parentId, authorId }) => [
      id,
      sourceId,
      record.id,
      threadOf.get(id) ?? null,
      parentId ?? null,
      record.kind,
      authorId ?? null,
      record.createdAt,
      record.editedAt ?? null,
      record.score ?? null,
      hash,
      later(record.editedAt ?? record.createdAt, record.createdAt),
      work.markdown(record),
    ]),
  )
  await moveComments(db, changed, known, threadOf)
  return { outcomes, changed, touched }
}

/** The thread of each post: the one it names, else that of its parent, in the batch or in the database. */
async function placeByParent(
  db: Database,
  posts: readonly KeyedPost[],
): Promise<Map<string, string | undefined>> {
  const inBatch = new Map(posts.map((post) => [post.id, post]))
  const parents = posts.flatMap(({ threadId, parentId }) =>
    threadId === undefined && parentId !== undefined && !inBatch.has(parentId) ? [parentId] : [],
  )
  const stored = new Map<string, string | undefined>()
  if (parents.length > 0) {
    const rows: { id: string; thread_id: string | null }[] = await db
      .sql('posts')
      .select('id', 'thread_id')
      .whereIn('id', padded([...new Set(parents)]))
    for (const { id, thread_id } of rows) stored.set(id, thread_id ?? undefined)
  }
  return new Map(posts.map((post) => [post.id, threadFrom(post)]))

  function threadFrom(post: KeyedPost): string | undefined {
    const path = new Set<string>()
    let at: KeyedPost | undefined = post
    while (at !== undefined && !path.has(at.id)) {
      if (at.threadId !== undefined) return at.threadId
      if (at.parentId === undefined) return undefined
      path.add(at.id)
      const parent: KeyedPost | undefined = inBatch.get(at.parentId)
      if (parent === undefined) return stored.get(at.parentId)
      at = parent
    }
    return undefined
  }
}

/** Comments that came before what they hang on, and comments of posts that now stand in another thread, follow. */
async function moveComments(
  db: Database,
  changed: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  threadOf: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  let placed = changed.flatMap(({ id }) => {
    const thread = threadOf.get(id) ?? null
    const before = known.get(id)?.thread_id ?? null
    return thread === before ? [] : [{ id, thread, before }]
  })
  while (placed.length > 0) {
    const target = new Map(placed.map(({ id, thread }) => [id, thread]))
    const left = [...new Set(placed.flatMap(({ before }) => before ?? []))]
    const followers = [
      ...(await commentsOn(db, [...target.keys()], undefined)),
      ...(left.length === 0 ? [] : await commentsOn(db, [...target.keys()], left)),
    ]
    placed = followers.flatMap(({ id, parent_id, thread_id }) => {
      const thread = target.get(parent_id) ?? null
      return thread === thread_id ? [] : [{ id, thread, before: thread_id }]
    })
    const moved = new Map<string | null, string[]>()
    for (const { id, thread } of placed) moved.set(thread, [...(moved.get(thread) ?? []), id])
    for (const [thread, ids] of moved) {
      await db.sql('posts').whereIn('id', padded(ids)).update({ thread_id: thread })
    }
  }
}

type Comment = { readonly id: string; readonly parent_id: string; readonly thread_id: string | null }

async function commentsOn(
  db: Database,
  parents: readonly string[],
  threads: readonly string[] | undefined,
): Promise<Comment[]> {
  const query = db
    .sql('posts')
    .select('id', 'parent_id', 'thread_id')
    .where({ kind: 'comment' })
    .whereIn('parent_id', padded(parents))
  return threads === undefined ? query.whereNull('thread_id') : query.whereIn('thread_id', padded(threads))
}
