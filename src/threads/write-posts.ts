import type { BulkTable, Database, Value } from '../platform/index.ts'
import type { KeyedPost, Outcome } from './batch.ts'
import { homeOf, NO_OVERLAY, type Overlay, shownKind } from './overlay.ts'
import { moveComments, placePosts } from './place-posts.ts'
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
/** What a first import leaves as it is. */
const furtherColumns = ['home_id', 'told_kind', 'as_of', 'removed_at', 'removed_with']
const wideTable: BulkTable = { ...table, columns: [...table.columns, ...furtherColumns] }

export interface PostsWritten {
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** New and changed posts. */
  readonly changed: readonly KeyedPost[]
  /** Threads that gained, lost or saw changed a question or an answer. */
  readonly touched: ReadonlySet<string>
  /** New and changed posts that are shown as questions, in Markdown, by id. */
  readonly questions: ReadonlyMap<string, string>
}

/** Writes the posts that are new or changed or back, and puts comments into the threads of what they hang on. */
export async function writePosts(
  db: Database,
  sourceId: string,
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  overlay: Overlay,
  work: TextWork,
): Promise<PostsWritten> {
  const outcomes = new Map<string, Outcome>()
  const touched = new Set<string>()
  for (const { id, hash } of posts) outcomes.set(id, outcomeOf(hash, known.get(id)))
  const changed = posts.filter(({ id }) => outcomes.get(id) !== 'unchanged')
  const places = await placePosts(db, changed, overlay)
  const kinds = new Map(changed.map(({ id, record }) => [id, kindOf(id, record.kind)]))
  for (const { id } of changed) {
    const before = known.get(id)
    if (kinds.get(id) === 'comment' && (before === undefined || before.kind === 'comment')) continue
    for (const thread of [before?.thread_id, places.get(id)?.thread]) if (thread) touched.add(thread)
  }
  await work.prepare({ posts: changed.map(({ record }) => record), threads: [] })
  const isPlain = (post: KeyedPost) =>
    overlay === NO_OVERLAY && post.record.asOf === undefined && !known.has(post.id)
  const plain = changed.filter(isPlain)
  const others = changed.filter((post) => !isPlain(post))
  await db.put(table, plain.map(rowOf))
  await db.put(
    wideTable,
    others.map((post) => [...rowOf(post), ...furtherOf(post)]),
  )
  await moveComments(db, changed, known, places, overlay)
  await redate(db, posts, outcomes, known)
  const questions = changed.filter(({ id }) => kinds.get(id) === 'question')
  return {
    outcomes,
    changed,
    touched,
    questions: new Map(questions.map(({ id, record }) => [id, work.markdown(record)])),
  }

  function kindOf(id: string, told: KeyedPost['record']['kind']) {
    const placed = places.get(id)
    return placed === undefined ? told : shownKind(told, placed, overlay.moveOf(id))
  }

  function rowOf({ id, hash, record, parentId, authorId }: KeyedPost): Value[] {
    return [
      id,
      sourceId,
      record.id,
      places.get(id)?.thread ?? null,
      parentId ?? null,
      kinds.get(id)!,
      authorId ?? null,
      record.createdAt,
      record.editedAt ?? null,
      record.score ?? null,
      hash,
      later(record.editedAt ?? record.createdAt, record.createdAt),
      work.markdown(record),
    ]
  }

  function furtherOf({ id, record }: KeyedPost): Value[] {
    const told = kinds.get(id) === record.kind ? null : record.kind
    return [homeOf(places.get(id)), told, record.asOf ?? known.get(id)?.as_of ?? null, null, null]
  }
}

function outcomeOf(hash: string, before: KnownPost | undefined): Outcome {
  if (before === undefined) return 'new'
  return before.record_hash === hash && before.removed_at === null ? 'unchanged' : 'changed'
}

/** Remembers that what stayed as it was has been said again since. */
async function redate(
  db: Database,
  posts: readonly KeyedPost[],
  outcomes: ReadonlyMap<string, Outcome>,
  known: ReadonlyMap<string, KnownPost>,
): Promise<void> {
  const ids = new Map<string, string[]>()
  for (const { id, record } of posts) {
    const isLater = record.asOf !== undefined && record.asOf > (known.get(id)?.as_of ?? '')
    if (isLater && outcomes.get(id) === 'unchanged') {
      ids.set(record.asOf, [...(ids.get(record.asOf) ?? []), id])
    }
  }
  for (const [asOf, some] of ids) {
    await db.sql('posts').where(db.among('id', some)).update({ as_of: asOf })
  }
}
