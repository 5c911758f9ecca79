import type { Knex } from 'knex'
import type { Database } from '../platform/database/database.ts'

/** Parts of queries over threads that later modules compose; who may see a thread is in `readable-threads.ts`. */

/**
 * Locks threads until the transaction in progress ends, in order of id so that two transactions cannot deadlock. On
 * SQLite a transaction is the only writer already.
 */
export async function lockThreads(db: Database, threadIds: readonly string[]): Promise<void> {
  if (db.dialect === 'postgres')
    await db.sql('threads').whereIn('id', threadIds).orderBy('id').select('id').forNoKeyUpdate()
}

/** Threads, as `t`, with their questions, as `q`. */
export function threadsWithQuestion(db: Database): Knex.QueryBuilder {
  return db.sql('threads as t').join('posts as q', 'q.id', 't.question_id')
}

/** Ids of at most `limit` threads, whoever may see them: random, and the same at each call. */
export function drawThreadIds(db: Database, limit: number): Knex.QueryBuilder {
  return db
    .sql('threads as d')
    .orderBy([{ column: db.byChance('d.id') }, 'd.id'])
    .limit(limit)
    .select('d.id')
}

/** Links between near-duplicates, as `k`. */
export function nearDuplicateLinks(db: Database): Knex.QueryBuilder {
  return db.sql('thread_links as k').where('k.kind', 'near-duplicate')
}

/** The threads, as `id`, whose question a member wrote, whoever may see them. */
export function threadsAskedBy(db: Database, memberId: string): Knex.QueryBuilder {
  return db.sql('threads as t').where('t.asker_id', memberId).select('t.id')
}

/** The ids of threads that colleagues merged into this one. */
export async function threadsMergedInto(db: Database, threadId: string): Promise<string[]> {
  const rows: { id: string }[] = await db.sql('threads').where({ merged_into: threadId }).select('id')
  return rows.map(({ id }) => id)
}

/** When somebody last asked in a thread, and was last answered. */
export interface LastWords {
  readonly askedAt: string
  readonly answeredAt?: string
}

/**
 * Of each of up to 500 threads that have a question: when its asker, or that of a thread merged into it, last wrote, and
 * when another person last answered.
 */
export async function lastWordsOf(
  db: Database,
  threadIds: readonly string[],
): Promise<Map<string, LastWords>> {
  const isAsker = "(p.kind = 'question' or p.stated_kind = 'question' or p.author_id = t.asker_id)"
  const rows: { id: string; asked: string | null; answered: string | null }[] = await db
    .sql('threads as t')
    .join('posts as p', 'p.thread_id', 't.id')
    .where(db.among('t.id', threadIds))
    .whereNull('p.removed_at')
    .groupBy('t.id')
    .select('t.id')
    .select(
      db.sql.raw(`max(case when ${isAsker} then p.created_at end) as asked,
        max(case when p.kind = 'answer' and (p.author_id is null or t.asker_id is null or p.author_id <> t.asker_id)
          then p.created_at end) as answered`),
    )
  return new Map(
    rows.flatMap(({ id, asked, answered }) =>
      asked === null ? [] : [[id, { askedAt: asked, answeredAt: answered ?? undefined }]],
    ),
  )
}

/** The ids of the threads that show these posts. */
export async function threadsOfPosts(db: Database, postIds: readonly string[]): Promise<string[]> {
  const rows: { thread_id: string }[] = await db
    .sql('posts')
    .where(db.among('id', postIds))
    .whereNotNull('thread_id')
    .distinct('thread_id')
  return rows.map(({ thread_id }) => thread_id)
}

/** Joins the posts that a column names, as `p`, and who wrote them, as `m`, to a query. */
export function joinAuthors(query: Knex.QueryBuilder, postId: string): Knex.QueryBuilder {
  return query.join('posts as p', 'p.id', postId).join('members as m', 'm.id', 'p.author_id')
}
