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
