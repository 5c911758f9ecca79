import type { Knex } from 'knex'
import type { Audience } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'
import type { Page } from '../platform/page.ts'
import { threadErrors } from './errors.ts'
import { listPostChanges, type PostChange } from './list-post-changes.ts'
import { readableThreads } from './readable-threads.ts'
import type { Post, PostPlace, Thread, ThreadFacts, ThreadLink } from './thread.ts'
import { NEWEST, pageOfThreads } from './thread-pages.ts'
import {
  type FactsRow,
  joinPostDetails,
  type LinkRow,
  type PostRow,
  type ThreadRow,
  threadColumns,
  toFacts,
  toLink,
  toPost,
  toThread,
} from './thread-rows.ts'
import { createViewStore } from './view-store.ts'

export interface ThreadQuery {
  readonly reader: Audience
  /** Name of a source. */
  readonly source?: string
  readonly language?: string
  readonly resolved?: boolean
  /** True for threads without any answer, false for those with one. */
  readonly unanswered?: boolean
  readonly cursor?: string
  readonly limit: number
}

/** Posts of a thread, and how many it has. */
export interface PostsOfThread {
  readonly posts: readonly Post[]
  readonly total: number
}

/** Ids per query; more ids take several queries. */
const CHUNK = 500

export type ThreadStore = ReturnType<typeof createThreadStore>

/** Reads of threads. Threads that a reader may not see do not exist for that reader, nor do removed ones. */
export function createThreadStore(db: Database) {
  /** Those merged into others too. */
  const visible = (reader: Audience) => readableThreads(db, reader, { which: 'unremoved' })
  const present = (reader: Audience) => readableThreads(db, reader)

  async function placeOf(query: Knex.QueryBuilder): Promise<PostPlace | undefined> {
    const row: (Omit<PostPlace, 'accepted'> & { acceptance: string | null }) | undefined = await query
      .select({
        externalId: 'external_id',
        threadId: db.sql.raw('coalesce(home_id, thread_id)'),
        kind: db.sql.raw('coalesce(stated_kind, kind)'),
        createdAt: 'created_at',
        acceptance: db.sql('acceptances').where('post_id', db.sql.ref('posts.id')).limit(1).select('post_id'),
      })
      .first()
    if (row === undefined) return undefined
    const { acceptance, ...place } = row
    return { ...place, accepted: acceptance !== null }
  }

  const require = (id: string, reader: Audience) => one(visible(reader), id)

  async function one(query: Knex.QueryBuilder, id: string): Promise<Thread> {
    const row: ThreadRow | undefined = await query.select(threadColumns(db)).where('t.id', id).first()
    if (row === undefined) throw threadErrors.THREAD_NOT_FOUND({ id })
    return toThread(row)
  }

  return {
    /**
     * A thread, including one that was merged into another: see {@link Thread.mergedInto}.
     *
     * @throws CodedError THREAD_NOT_FOUND, also for a thread that the reader may not see
     */
    require,

    /**
     * Like {@link require}, but including a split thread whose question was removed, so that the split can be reverted.
     *
     * @throws CodedError THREAD_NOT_FOUND
     */
    requireStored: (id: string, reader: Audience) =>
      one(readableThreads(db, reader, { which: 'stored' }).whereNull('t.removed_at'), id),

    /**
     * A thread to work on, which must not be merged into another.
     *
     * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED
     */
    async requireShown(id: string, reader: Audience): Promise<Thread> {
      const thread = await require(id, reader)
      if (thread.mergedInto !== undefined) throw threadErrors.THREAD_MERGED({ id, into: thread.mergedInto })
      return thread
    },

    /** A thread, including one that was merged into another; undefined where there is none that the reader may see. */
    async find(id: string, reader: Audience): Promise<Thread | undefined> {
      const row: ThreadRow | undefined = await visible(reader)
        .select(threadColumns(db))
        .where('t.id', id)
        .first()
      return row && toThread(row)
    },

    /** Where its source has a post, and as what; removed posts too. */
    async placeOfPost(id: string): Promise<PostPlace | undefined> {
      return placeOf(db.sql('posts').where({ id }))
    },

    /** Where its source has the question of a thread, also while the thread is merged into another; removed ones too. */
    async placeOfQuestion(threadId: string): Promise<PostPlace | undefined> {
      return placeOf(
        db
          .sql('posts')
          .where((at) =>
            at
              .where('home_id', threadId)
              .orWhere((here) => here.where('thread_id', threadId).whereNull('home_id')),
          )
          .whereRaw("coalesce(stated_kind, kind) = 'question'")
          .orderBy('id'),
      )
    },

    /** How many threads of each source a reader may see, by the source's name. Reads all of them, off the event loop. */
    async countBySource(
      reader: Audience,
    ): Promise<{ readonly source: string; readonly threads: number; readonly resolved: number }[]> {
      const rows = await db.longRead<{ source: string; n: number | string; resolved: number | string }>(
        readableThreads(db, reader)
          .groupBy('s.name')
          .orderBy('s.name')
          .select({ source: 's.name' })
          .count('* as n')
          .select(db.sql.raw('sum(case when t.accepted_count > 0 then 1 else 0 end) as resolved')),
      )
      return rows.map(({ source, n, resolved }) => ({
        source,
        threads: Number(n),
        resolved: Number(resolved),
      }))
    },

    /** Newest first, without merged threads. */
    async list({ reader, cursor, limit, ...filters }: ThreadQuery): Promise<Page<Thread>> {
      const query = present(reader)
      filter(query, filters)
      return pageOfThreads(db, query, NEWEST, { limit, cursor })
    },

    /**
     * All posts of a thread in the order of their creation, the question first.
     *
     * @throws CodedError THREAD_NOT_FOUND
     */
    async postsOf(threadId: string, reader: Audience): Promise<Post[]> {
      const { questionId } = await require(threadId, reader)
      const rows: PostRow[] = await joinPostDetails(db, db.sql('posts as p'))
        .where('p.thread_id', threadId)
        .whereNull('p.removed_at')
        .orderBy(['p.created_at', 'p.id'])
      const posts = rows.map(toPost)
      return [...posts.filter(({ id }) => id === questionId), ...posts.filter(({ id }) => id !== questionId)]
    },

    /**
     * The posts of these threads (at most 100) that the reader may see, by thread: of each the question first, then the
     * others in the order of their creation.
     *
     * @param most posts of a thread
     */
    async postsOfEach(
      threadIds: readonly string[],
      { reader, most }: { readonly reader: Audience; readonly most: number },
    ): Promise<Map<string, PostsOfThread>> {
      const posts = joinPostDetails(
        db,
        present(reader).join('posts as p', 'p.thread_id', 't.id').whereNull('p.removed_at'),
      )
        .whereIn('t.id', threadIds)
        .select({
          thread_id: 't.id',
          place: db.sql.raw(
            'row_number() over (partition by t.id order by case when p.id = t.question_id then 0 else 1 end, p.created_at, p.id)',
          ),
          total: db.sql.raw('count(*) over (partition by t.id)'),
        })
      const rows: (PostRow & { thread_id: string; total: number })[] = await db.sql
        .from(posts.as('n'))
        .where('n.place', '<=', most)
        .orderBy(['n.thread_id', 'n.place'])
        .select('n.*')
      const found = new Map<string, { posts: Post[]; total: number }>()
      for (const row of rows) {
        const of = found.get(row.thread_id) ?? { posts: [], total: Number(row.total) }
        of.posts.push(toPost(row))
        found.set(row.thread_id, of)
      }
      return found
    },

    /** Threads that this one links to or that link to it, among those that the reader may see. */
    async linksOf(threadId: string, reader: Audience): Promise<ThreadLink[]> {
      const linked = (own: string, other: string) =>
        present(reader)
          .join('thread_links as l', `l.${other}`, 't.id')
          .select({ threadId: 't.id', title: 't.title', kind: 'l.kind', likeness: 'l.likeness' })
          .where(`l.${own}`, threadId)
          .orderBy(['t.id', 'l.kind'])
          .limit(CHUNK)
      const to: LinkRow[] = await linked('from_id', 'to_id')
      const from: LinkRow[] = await linked('to_id', 'from_id')
      return [...to.map((row) => toLink(row, 'to')), ...from.map((row) => toLink(row, 'from'))]
    },

    /** Pairs of threads, at least one of them of these, that ask the same as their source states or as Entraide found. */
    async duplicatesOf(
      threadIds: readonly string[],
    ): Promise<{ readonly one: string; readonly other: string }[]> {
      return db
        .sql('thread_links')
        .whereIn('kind', ['duplicate', 'near-duplicate'])
        .where((either) => either.where(db.among('from_id', threadIds)).orWhere(db.among('to_id', threadIds)))
        .orderBy(['from_id', 'to_id'])
        .select({ one: 'from_id', other: 'to_id' })
    },

    /** The threads that show these comments. */
    async threadsOfComments(postIds: readonly string[]): Promise<string[]> {
      return db
        .sql('posts')
        .where(db.among('id', postIds))
        .where({ kind: 'comment' })
        .whereNotNull('thread_id')
        .distinct('thread_id')
        .pluck('thread_id')
    },

    /**
     * The changes of the posts of a thread since they were first stored, newest first.
     *
     * @throws CodedError THREAD_NOT_FOUND
     */
    async changesOf(
      threadId: string,
      { reader, ...page }: { readonly reader: Audience; readonly cursor?: string; readonly limit: number },
    ): Promise<Page<PostChange>> {
      await require(threadId, reader)
      return listPostChanges(db, threadId, page)
    },

    ...createViewStore(db),

    /**
     * What these threads are classified and routed by, in the order of `ids`; without missing and merged threads.
     *
     * @param reader threads that this audience may not see are left out; `internal` by default
     */
    async facts(ids: readonly string[], reader: Audience = 'internal'): Promise<ThreadFacts[]> {
      const found = new Map<string, ThreadFacts>()
      for (let from = 0; from < ids.length; from += CHUNK) {
        const rows: FactsRow[] = await present(reader)
          .leftJoin('posts as q', 'q.id', 't.question_id')
          .leftJoin('members as m', 'm.id', 't.asker_id')
          .select({
            ...threadColumns(db),
            question: 'q.body',
            asker_role: 'm.role',
            asker_reputation: 'm.reputation',
          })
          .whereIn('t.id', ids.slice(from, from + CHUNK))
        for (const row of rows) found.set(row.id, toFacts(row))
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },

    /** The next ids, in order, of all threads that have a question; for walking through them in chunks. */
    async idsAfter(
      afterId: string | undefined,
      limit: number,
      { sourceId }: { readonly sourceId?: string } = {},
    ): Promise<string[]> {
      const query = db.sql('threads').whereNotNull('question_id').orderBy('id').limit(limit)
      if (afterId !== undefined) query.where('id', '>', afterId)
      if (sourceId !== undefined) query.where({ source_id: sourceId })
      return query.pluck('id')
    },
  }
}

function filter(query: Knex.QueryBuilder, filters: Omit<ThreadQuery, 'reader' | 'cursor' | 'limit'>): void {
  const { source, language, resolved, unanswered } = filters
  if (source !== undefined) query.where('s.name', source)
  if (language !== undefined) query.where('t.language', language)
  if (resolved !== undefined) query.where('t.accepted_count', resolved ? '>' : '=', 0)
  if (unanswered !== undefined) query.where('t.answer_count', unanswered ? '=' : '>', 0)
}
