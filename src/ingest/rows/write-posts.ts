import type { Database } from '../../platform/database/database.ts'
import type { BulkTable, Value } from '../../platform/database/put-rows.ts'
import type { PostKind } from '../../sources/record.ts'
import type { Batch, KeyedPost, Outcome } from './batch.ts'
import { homeOf, NO_OVERLAY, type Overlay, type Placed, shownKind } from './overlay.ts'
import { moveComments, placePosts } from './place-posts.ts'
import { type KnownPost, memberHashes } from './read-known.ts'
import { later } from './recompute-threads.ts'
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
/** Columns that a first import leaves at their default. */
const furtherColumns = ['home_id', 'stated_kind', 'as_of', 'removed_at', 'removed_with']
const wideTable: BulkTable = { ...table, columns: [...table.columns, ...furtherColumns] }

interface PostsWritten {
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** New and changed posts. */
  readonly changed: readonly KeyedPost[]
  /** Threads in which a question or an answer was added, removed or changed. */
  readonly touched: ReadonlySet<string>
  /** Bodies in Markdown of new and changed posts that are shown as questions, by id. */
  readonly questions: ReadonlyMap<string, string>
}

/** What the row of a post depends on besides its record. */
interface Writing {
  readonly sourceId: string
  readonly known: ReadonlyMap<string, KnownPost>
  readonly overlay: Overlay
  readonly places: ReadonlyMap<string, Placed | undefined>
  readonly work: TextWork
}

/** Writes the posts that are new, changed or restored, and places comments in the threads of their parents. */
export async function writePosts(
  db: Database,
  sourceId: string,
  posts: readonly KeyedPost[],
  known: ReadonlyMap<string, KnownPost>,
  overlay: Overlay,
  work: TextWork,
): Promise<PostsWritten> {
  const { outcomes, changed } = compare(posts, known)
  const places = await placePosts(db, changed, overlay)
  await work.prepare({ posts: changed.map(recordOf), threads: [] })
  const writing: Writing = { sourceId, known, overlay, places, work }
  const { plain, others } = rowsOf(changed, writing)
  await db.put(table, plain)
  await db.put(wideTable, others)
  await moveComments(db, changed, known, places, overlay)
  await updateDates(db, posts, outcomes, known)
  return {
    outcomes,
    changed,
    touched: touchedBy(changed, writing),
    questions: questionsOf(changed, writing),
  }
}

function recordOf({ record }: KeyedPost): KeyedPost['record'] {
  return record
}

function compare(posts: readonly KeyedPost[], known: ReadonlyMap<string, KnownPost>) {
  const outcomes = new Map<string, Outcome>()
  const changed: KeyedPost[] = []
  for (const post of posts) {
    const outcome = outcomeOf(post.hash, known.get(post.id))
    outcomes.set(post.id, outcome)
    if (outcome !== 'unchanged') changed.push(post)
  }
  return { outcomes, changed }
}

/** Rows of posts that an export states for the first time, and rows of all others, which need further columns. */
function rowsOf(posts: readonly KeyedPost[], writing: Writing) {
  const plain: Value[][] = []
  const others: Value[][] = []
  for (const post of posts) {
    const isPlain =
      writing.overlay === NO_OVERLAY && post.record.asOf === undefined && !writing.known.has(post.id)
    if (isPlain) plain.push(rowOf(post, writing))
    else others.push([...rowOf(post, writing), ...furtherOf(post, writing)])
  }
  return { plain, others }
}

function touchedBy(posts: readonly KeyedPost[], writing: Writing): Set<string> {
  const touched = new Set<string>()
  for (const post of posts) {
    const before = writing.known.get(post.id)
    const isComment = kindOf(post, writing) === 'comment'
    if (isComment && (before === undefined || before.kind === 'comment')) continue
    if (before?.thread_id) touched.add(before.thread_id)
    const place = writing.places.get(post.id)
    if (place !== undefined) touched.add(place.thread)
  }
  return touched
}

function questionsOf(posts: readonly KeyedPost[], writing: Writing): Map<string, string> {
  const questions = new Map<string, string>()
  for (const post of posts)
    if (kindOf(post, writing) === 'question') questions.set(post.id, writing.work.markdown(post.record))
  return questions
}

function kindOf({ id, record }: KeyedPost, { places, overlay }: Writing): PostKind {
  const placed = places.get(id)
  return placed === undefined ? record.kind : shownKind(record.kind, placed, overlay.moveOf(id))
}

function rowOf(post: KeyedPost, writing: Writing): Value[] {
  const { id, hash, record, parentId, authorId } = post
  return [
    id,
    writing.sourceId,
    record.id,
    writing.places.get(id)?.thread ?? null,
    parentId ?? null,
    kindOf(post, writing),
    authorId ?? null,
    record.createdAt,
    record.editedAt ?? null,
    record.score ?? null,
    hash,
    later(record.editedAt ?? record.createdAt, record.createdAt),
    writing.work.markdown(record),
  ]
}

function furtherOf(post: KeyedPost, writing: Writing): Value[] {
  const { id, record } = post
  const statedKind = kindOf(post, writing) === record.kind ? null : record.kind
  const asOf = record.asOf ?? writing.known.get(id)?.as_of ?? null
  return [homeOf(writing.places.get(id)), statedKind, asOf, null, null]
}

function outcomeOf(hash: string, before: KnownPost | undefined): Outcome {
  if (before === undefined) return 'new'
  return before.record_hash === hash && before.removed_at === null ? 'unchanged' : 'changed'
}

/** Updates the dates of unchanged posts that were stated again later. */
async function updateDates(
  db: Database,
  posts: readonly KeyedPost[],
  outcomes: ReadonlyMap<string, Outcome>,
  known: ReadonlyMap<string, KnownPost>,
): Promise<void> {
  const ids = new Map<string, string[]>()
  for (const { id, record } of posts) {
    if (record.asOf === undefined) continue
    const hasEarlierImport = record.asOf > (known.get(id)?.as_of ?? '')
    if (hasEarlierImport && outcomes.get(id) === 'unchanged') {
      ids.set(record.asOf, [...(ids.get(record.asOf) ?? []), id])
    }
  }
  for (const [asOf, some] of ids) {
    await db.sql('posts').where(db.among('id', some)).update({ as_of: asOf })
  }
}

const members: BulkTable = {
  name: 'members',
  key: ['id'],
  columns: ['id', 'source_id', 'external_id', 'name', 'role', 'reputation', 'joined_at', 'record_hash'],
}
const votes: BulkTable = { name: 'votes', key: ['post_id'], columns: ['post_id', 'up', 'down'] }
const links: BulkTable = {
  name: 'thread_links',
  key: ['from_id', 'to_id', 'kind'],
  columns: ['from_id', 'to_id', 'kind'],
}

/** Writes the members that are new or changed. */
export async function writeMembers(db: Database, sourceId: string, batch: Batch): Promise<void> {
  const known = await memberHashes(db, [...batch.members.values()])
  const rows: Value[][] = []
  for (const [id, { hash, record }] of batch.members) {
    if (known.get(id) === hash) continue
    const { id: externalId, name, role = 'member', reputation = null, joinedAt = null } = record
    rows.push([id, sourceId, externalId, name, role, reputation, joinedAt, hash])
  }
  await db.put(members, rows)
}

/** Writes the vote totals that differ from the stored ones. */
export async function writeVotes(db: Database, batch: Batch): Promise<void> {
  if (batch.votes.size === 0) return
  const rows = await db.query<{ post_id: string; up: number; down: number }>(
    'select post_id, up, down from votes where post_id = any(?)',
    [[...batch.votes.keys()]],
  )
  const stored = new Map<string, (typeof rows)[number]>()
  for (const row of rows) stored.set(row.post_id, row)
  const changed: Value[][] = []
  for (const [postId, { up, down }] of batch.votes) {
    const before = stored.get(postId)
    if (before?.up !== up || before.down !== down) changed.push([postId, up, down])
  }
  await db.put(votes, changed)
}

/** Adds the links that are new. None is ever removed, because an export states single links and not a complete set. */
export async function writeLinks(db: Database, batch: Batch): Promise<void> {
  const stated = [...batch.links.values()]
  await db.put(
    links,
    stated.map(({ fromId, toId, kind }) => [fromId, toId, kind]),
  )
}
