import type { Knex } from 'knex'
import { AUDIENCES, type Audience, visibleTo } from '../access/audience.ts'
import { joinReadableSources } from '../ingest/readable-sources.ts'
import { HOME } from '../ingest/rows/recompute-threads.ts'
import type { Database } from '../platform/database/database.ts'
import { withoutLocked } from './protections/protection-queries.ts'

/** Joins posts as they are now, as `p`, to a query over rows about posts. Of a removed post, `p` is null. */
export function joinPosts(query: Knex.QueryBuilder, postId: string): Knex.QueryBuilder {
  return query.leftJoin('posts as p', (on) => on.on('p.id', postId).andOnNull('p.removed_at'))
}

/** Joins, as `a`, the acceptances of posts `p`. A post that a merge or split moved is accepted where its source has it. */
export function joinAcceptances(db: Database, query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query.leftJoin('acceptances as a', (on) =>
    on.on('a.post_id', 'p.id').andOn('a.thread_id', db.sql.raw(HOME)),
  )
}

/**
 * Joins the posts that a reader may see, as `p`, with their sources, as `s`, and their authors, as `m`. Nobody knows
 * any more who might see a removed post, so it is internal.
 */
export function joinReadablePosts(
  query: Knex.QueryBuilder,
  postId: string,
  reader: Audience,
): Knex.QueryBuilder {
  const posts = joinPosts(query, postId)
  return withoutLocked(posts, 'p.thread_id', reader)
    .leftJoin('sources as s', 's.id', 'p.source_id')
    .leftJoin('members as m', 'm.id', 'p.author_id')
    .where((readable) => {
      readable.whereIn('s.audience', visibleTo(reader))
      if (reader === 'internal') readable.orWhereNull('s.id')
    })
}

/** Keeps, of a query over rows about posts, those whose post a reader may not see, removed or not. */
export function joinUnreadablePosts(
  query: Knex.QueryBuilder,
  postId: string,
  reader: Audience,
): Knex.QueryBuilder {
  return query
    .join('posts as p', 'p.id', postId)
    .join('sources as s', 's.id', 'p.source_id')
    .whereNotIn('s.audience', visibleTo(reader))
}

/** Joins the members that a reader may see, as `m`, with their sources, as `s`, to a query over rows about members. */
export function joinReadableMembers(
  query: Knex.QueryBuilder,
  memberId: string,
  reader: Audience,
): Knex.QueryBuilder {
  return joinReadableSources(query.join('members as m', 'm.id', memberId), 'm.source_id', reader)
}

/**
 * The widest audience that may see all of some posts and threads, removed ones too; internal when there are none, or when a
 * thread is locked.
 *
 * @param of queries that select the ids
 */
export async function commonAudience(
  db: Database,
  of: { readonly posts: Knex.QueryBuilder; readonly threads: Knex.QueryBuilder },
): Promise<Audience> {
  if ((await lockAmong(db, of)) !== undefined) return 'internal'
  const rows: { audience: Audience }[] = await db
    .sql('sources')
    .whereIn('id', db.sql('posts').whereIn('id', of.posts).select('source_id'))
    .orWhereIn('id', db.sql('threads').whereIn('id', of.threads).select('source_id'))
    .distinct('audience')
  return AUDIENCES.find((audience) => rows.some((row) => row.audience === audience)) ?? 'internal'
}

/**
 * A locked thread among some threads and those of some posts, or merged into one of them.
 *
 * @param of queries that select the ids
 * @returns its id
 */
export async function lockAmong(
  db: Database,
  of: { readonly posts: Knex.QueryBuilder; readonly threads: Knex.QueryBuilder },
): Promise<string | undefined> {
  const shown = db.sql('posts').whereIn('id', of.posts.clone()).select('thread_id')
  const home = db.sql('posts').whereIn('id', of.posts.clone()).whereNotNull('home_id').select('home_id')
  const row: { thread_id: string } | undefined = await db
    .sql('thread_protections as k')
    .join('threads as t', 't.id', 'k.thread_id')
    .where((among) => {
      for (const column of ['t.id', 't.merged_into'])
        for (const ids of [shown, home, of.threads]) among.orWhereIn(column, ids.clone())
    })
    .whereNull('k.released_at')
    .orderBy('k.thread_id')
    .first('k.thread_id')
  return row?.thread_id
}

/** Those of these posts that the store has, removed ones too. */
export async function storedPostsAmong(db: Database, postIds: readonly string[]): Promise<string[]> {
  return db.sql('posts').where(db.among('id', postIds)).orderBy('id').pluck('id')
}

/** Those of these posts that a reader may see. */
export async function readablePostsAmong(
  db: Database,
  postIds: readonly string[],
  reader: Audience,
): Promise<string[]> {
  const query = db.sql('posts as x').where(db.among('x.id', [...new Set(postIds)]))
  return joinReadablePosts(query, 'x.id', reader).pluck('x.id')
}

/** The threads that show these posts, removed ones too; for use inside a query. */
export function threadsShowing(db: Database, postIds: readonly string[]): Knex.QueryBuilder {
  return db.sql('posts').whereIn('id', postIds).select('thread_id')
}

/** The accepted answers that each of these threads shows now, the oldest first. */
export async function acceptedAnswers(
  db: Database,
  threadIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows: { id: string; thread_id: string }[] = await joinAcceptances(db, db.sql('posts as p'))
    .whereIn('p.thread_id', [...new Set(threadIds)])
    .where('p.kind', 'answer')
    .whereNull('p.removed_at')
    .whereNotNull('a.post_id')
    .orderBy(['p.created_at', 'p.id'])
    .select('p.id', 'p.thread_id')
  const accepted = new Map<string, readonly string[]>()
  for (const { id, thread_id } of rows) accepted.set(thread_id, [...(accepted.get(thread_id) ?? []), id])
  return accepted
}
