import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { type FoundTopic, type Topic, type TopicStatus, topicErrors } from './topic.ts'

interface TopicRow {
  id: string
  facet_id: string
  status: TopicStatus
  words: string
  figures: string
  label_id: string | null
  first_seen_at: string
  last_seen_at: string
  resolved_at: string | null
  resolved_by: string | null
}

type JoinedRow = TopicRow & { facet: string; label: string | null; label_facet: string | null }

interface TopicQuery {
  readonly reader: Audience
  readonly status?: TopicStatus
  readonly facetId?: string
  readonly cursor?: string
  readonly limit: number
}

export type TopicStore = ReturnType<typeof createTopicStore>

/** Rows a statement. */
const ROWS = 100
/** Posts kept with a topic, whenever they came. */
const MOST_TOPIC_POSTS = 200

/** Proposed topics and their posts. A reader sees those of which a post is for them. */
export function createTopicStore(db: Database, clock: Clock) {
  const topics = () => db.sql<TopicRow>('topics')

  const joined = () =>
    db
      .sql('topics as p')
      .join('facets as f', 'f.id', 'p.facet_id')
      .leftJoin('labels as l', 'l.id', 'p.label_id')
      .leftJoin('facets as lf', 'lf.id', 'l.facet_id')
      .select<JoinedRow[]>('p.*', 'f.name as facet', 'l.name as label', 'lf.name as label_facet')

  /** The posts of a topic that a reader may see, as a subquery. */
  const visiblePosts = (topicId: string | Knex.Ref<string, Record<string, string>>, reader: Audience) =>
    db
      .sql('topic_posts as tp')
      .join('threads as t', 't.id', 'tp.thread_id')
      .join('sources as s', 's.id', 't.source_id')
      .where('tp.topic_id', topicId)
      .whereIn('s.audience', visibleTo(reader))
      .whereNull('t.removed_at')
      .whereNull('t.merged_into')

  async function addPosts(topicId: string, posts: FoundTopic['posts']): Promise<void> {
    const known = await db.sql('topic_posts').where({ topic_id: topicId }).count<{ n: number }[]>('* as n')
    const rows = posts.slice(0, Math.max(0, MOST_TOPIC_POSTS - Number(known[0]?.n))).map((post) => ({
      topic_id: topicId,
      thread_id: post.threadId,
      likeness: post.likeness,
      added_at: isoNow(clock),
    }))
    for (let from = 0; from < rows.length; from += ROWS)
      await db
        .sql('topic_posts')
        .insert(rows.slice(from, from + ROWS))
        .onConflict(['topic_id', 'thread_id'])
        .ignore()
  }

  return {
    /** One search of a facet's topics at a time (SQLite has one writer at all). */
    async lock(facetId: string): Promise<void> {
      if (db.dialect === 'postgres')
        await db.sql('facets').where({ id: facetId }).select('id').forNoKeyUpdate()
    },

    /** Topics of a facet last seen since a time, whatever became of them, with how many of these threads each has. */
    async alike(
      facetId: string,
      since: Date,
      threadIds: readonly string[],
    ): Promise<{ topic: Topic; shared: number }[]> {
      const rows = await joined()
        .where('p.facet_id', facetId)
        .where('p.last_seen_at', '>=', since.toISOString())
        .orderBy('p.id')
      const counts: { topic_id: string; n: number }[] = await db
        .sql('topic_posts')
        .whereIn('thread_id', threadIds)
        .groupBy('topic_id')
        .select('topic_id')
        .count('* as n')
      const shared = new Map(counts.map(({ topic_id, n }) => [topic_id, Number(n)]))
      return rows.map((row) => ({ topic: present(row), shared: shared.get(row.id) ?? 0 }))
    },

    async add(facetId: string, { words, figures, posts }: FoundTopic): Promise<string> {
      const id = newId('top', clock.now())
      await topics().insert({
        id,
        facet_id: facetId,
        status: 'open',
        words: JSON.stringify(words),
        figures: JSON.stringify(figures),
        label_id: null,
        first_seen_at: isoNow(clock),
        last_seen_at: isoNow(clock),
        resolved_at: null,
        resolved_by: null,
      })
      await addPosts(id, posts)
      return id
    },

    /** A topic was found again: while it is open, with what is new about it. */
    async seeAgain({ id, status }: Topic, { words, figures, posts }: FoundTopic): Promise<void> {
      await topics()
        .where({ id })
        .update({
          last_seen_at: isoNow(clock),
          ...(status === 'open' && { words: JSON.stringify(words), figures: JSON.stringify(figures) }),
        })
      if (status === 'open') await addPosts(id, posts)
    },

    /** Newest first. */
    async list({ reader, status, facetId, cursor, limit }: TopicQuery): Promise<Page<Topic>> {
      const query = joined()
        .whereExists(visiblePosts(db.sql.ref('p.id'), reader).select(db.sql.raw('1')))
        .orderBy('p.id', 'desc')
        .limit(limit + 1)
      if (status !== undefined) query.where('p.status', status)
      if (facetId !== undefined) query.where('p.facet_id', facetId)
      if (cursor !== undefined) query.where('p.id', '<', decodeCursor(cursor).id)
      return toPage((await query).map(present), limit, ({ id, firstSeenAt }) => ({ key: firstSeenAt, id }))
    },

    /** @throws CodedError TOPIC_NOT_FOUND, also for what the reader may not see */
    async require(id: string, reader: Audience): Promise<Topic> {
      const rows = await joined()
        .where('p.id', id)
        .whereExists(visiblePosts(db.sql.ref('p.id'), reader).select(db.sql.raw('1')))
      if (rows[0] === undefined) throw topicErrors.TOPIC_NOT_FOUND({ id })
      return present(rows[0])
    },

    /** Ids of the threads of a topic that a reader may see, the most typical first. */
    async postsOf(id: string, reader: Audience): Promise<string[]> {
      return visiblePosts(id, reader)
        .orderBy([{ column: 'tp.likeness', order: 'desc' }, { column: 'tp.thread_id' }])
        .pluck('tp.thread_id')
    },

    /** Ends a proposal. @returns false when it was no longer open */
    async settle(
      id: string,
      status: Exclude<TopicStatus, 'open'>,
      { actor, labelId }: { readonly actor: Actor; readonly labelId?: string },
    ): Promise<boolean> {
      const changed = await topics()
        .where({ id, status: 'open' })
        .update({
          status,
          label_id: labelId ?? null,
          resolved_at: isoNow(clock),
          resolved_by: JSON.stringify({ id: actor.id, name: actor.name }),
        })
      return changed > 0
    },
  }
}

function present(row: JoinedRow): Topic {
  return {
    id: row.id,
    facet: row.facet,
    facetId: row.facet_id,
    status: row.status,
    words: JSON.parse(row.words),
    figures: JSON.parse(row.figures),
    ...(row.label !== null &&
      row.label_facet !== null && { label: { facet: row.label_facet, name: row.label } }),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    ...(row.resolved_at !== null &&
      row.resolved_by !== null && { settled: { at: row.resolved_at, by: JSON.parse(row.resolved_by) } }),
  }
}
