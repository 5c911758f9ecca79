import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../access/audience.ts'
import { threadErrors } from '../ingest/errors.ts'
import { listPostChanges, type PostChange } from '../ingest/rows/post-changes.ts'
import { HOME } from '../ingest/rows/recompute-threads.ts'
import type { Database } from '../platform/database/database.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'
import type { Post, Thread, ThreadFacts, ThreadLink } from './thread.ts'
import {
  type FactsRow,
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

/** Ids a query; more are asked for in turns. */
const CHUNK = 500

export type ThreadStore = ReturnType<typeof createThreadStore>

/** Reads of threads. What a reader's audience may not see is not there, nor is what its source has removed. */
export function createThreadStore(db: Database) {
  const stored = () =>
    db.sql('threads as t').join('sources as s', 's.id', 't.source_id').whereNull('t.removed_at')
  // The title of a split is made of its question, and goes with it, also from what it was merged into.
  const threads = () =>
    stored().where((there) =>
      there
        .whereNull('t.split_from')
        .orWhereExists(
          db
            .sql('post_moves as asking')
            .join('posts as asked', 'asked.id', 'asking.post_id')
            .where('asking.thread_id', db.sql.ref('t.id'))
            .whereRaw('asking.asks')
            .whereNull('asked.removed_at')
            .select('asked.id'),
        ),
    )
  const visible = (query: ReturnType<typeof stored>, reader: Audience) =>
    query.whereIn('s.audience', visibleTo(reader))
  const visibleThreads = (reader: Audience) => visible(threads(), reader)

  const require = (id: string, reader: Audience) => one(visibleThreads(reader), id)

  async function one(query: ReturnType<typeof stored>, id: string): Promise<Thread> {
    const row: ThreadRow | undefined = await query.select(threadColumns).where('t.id', id).first()
    if (row === undefined) throw threadErrors.THREAD_NOT_FOUND({ id })
    return toThread(row)
  }

  return {
    /**
     * A thread, also one that was merged into another, which says so.
     *
     * @throws CodedError THREAD_NOT_FOUND, also for what the reader may not see
     */
    require,

    /**
     * A thread to take back: also one whose question left it, so that what was split off with it can be seen again.
     *
     * @throws CodedError THREAD_NOT_FOUND
     */
    requireStored: (id: string, reader: Audience) => one(visible(stored(), reader), id),

    /**
     * A thread to work on: not one that was merged into another.
     *
     * @throws CodedError THREAD_NOT_FOUND, THREAD_MERGED
     */
    async requireShown(id: string, reader: Audience): Promise<Thread> {
      const thread = await require(id, reader)
      if (thread.mergedInto !== undefined) throw threadErrors.THREAD_MERGED({ id, into: thread.mergedInto })
      return thread
    },

    /** Newest first, without those that were merged into others; off the thread, because a rare filter may have to look at every thread. */
    async list({ reader, cursor, limit, ...filters }: ThreadQuery): Promise<Page<Thread>> {
      const query = visibleThreads(reader)
        .select(threadColumns)
        .whereNull('t.merged_into')
        .orderBy([
          { column: 't.created_at', order: 'desc' },
          { column: 't.id', order: 'desc' },
        ])
        .limit(limit + 1)
      filter(query, filters)
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.whereRaw('(t.created_at, t.id) < (?, ?)', [key, id])
      }
      const rows = await db.longRead<ThreadRow>(query)
      return toPage(rows.map(toThread), limit, ({ createdAt, id }) => ({ key: createdAt, id }))
    },

    /**
     * All posts of a thread in the order of their creation, the question first.
     *
     * @throws CodedError THREAD_NOT_FOUND
     */
    async postsOf(threadId: string, reader: Audience): Promise<Post[]> {
      const { questionId } = await require(threadId, reader)
      const rows: PostRow[] = await db
        .sql('posts as p')
        .leftJoin('members as m', 'm.id', 'p.author_id')
        .leftJoin('votes as v', 'v.post_id', 'p.id')
        .leftJoin('acceptances as a', (on) =>
          on.on('a.post_id', 'p.id').andOn('a.thread_id', db.sql.raw(HOME)),
        )
        .select({
          id: 'p.id',
          kind: 'p.kind',
          parent_id: 'p.parent_id',
          author_id: 'm.id',
          author_name: 'm.name',
          author_role: 'm.role',
          author_reputation: 'm.reputation',
          body: 'p.body',
          accepted: 'a.post_id',
          score: 'p.score',
          up: 'v.up',
          down: 'v.down',
          created_at: 'p.created_at',
          edited_at: 'p.edited_at',
          record_hash: 'p.record_hash',
          home_id: 'p.home_id',
        })
        .where('p.thread_id', threadId)
        .whereNull('p.removed_at')
        .orderBy(['p.created_at', 'p.id'])
      const posts = rows.map(toPost)
      return [...posts.filter(({ id }) => id === questionId), ...posts.filter(({ id }) => id !== questionId)]
    },

    /** Threads that this one points at or that point at it, as far as the reader may see them. */
    async linksOf(threadId: string, reader: Audience): Promise<ThreadLink[]> {
      const linked = (own: string, other: string) =>
        visibleThreads(reader)
          .join('thread_links as l', `l.${other}`, 't.id')
          .select({ threadId: 't.id', title: 't.title', kind: 'l.kind', likeness: 'l.likeness' })
          .where(`l.${own}`, threadId)
          .whereNull('t.merged_into')
          .orderBy(['t.id', 'l.kind'])
          .limit(CHUNK)
      const to: LinkRow[] = await linked('from_id', 'to_id')
      const from: LinkRow[] = await linked('to_id', 'from_id')
      return [...to.map((row) => toLink(row, 'to')), ...from.map((row) => toLink(row, 'from'))]
    },

    /**
     * What happened to the posts of a thread since they were first told, the latest first.
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
     * What these threads are judged by, in the order of `ids`; without those that are not there or were merged.
     *
     * @param reader without those that this audience may not see; `internal` unless told
     */
    async facts(ids: readonly string[], reader: Audience = 'internal'): Promise<ThreadFacts[]> {
      const found = new Map<string, ThreadFacts>()
      for (let from = 0; from < ids.length; from += CHUNK) {
        const rows: FactsRow[] = await visibleThreads(reader)
          .leftJoin('posts as q', 'q.id', 't.question_id')
          .leftJoin('members as m', 'm.id', 't.asker_id')
          .select({
            ...threadColumns,
            question: 'q.body',
            asker_role: 'm.role',
            asker_reputation: 'm.reputation',
          })
          .whereIn('t.id', ids.slice(from, from + CHUNK))
          .whereNull('t.merged_into')
        for (const row of rows) found.set(row.id, toFacts(row))
      }
      return ids.flatMap((id) => found.get(id) ?? [])
    },

    /** The next ids, in their order, of all threads whose question has come: for walking through them in chunks. */
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
