import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { joinFacets, leftJoinLabels, lockFacet } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { newId } from '../../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../../platform/page.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
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
/** Posts stored with a topic in all. */
const MOST_TOPIC_POSTS = 200

/** Proposed topics and their posts. A reader sees the topics with a post that they may see. */
export function createTopicStore(db: Database, clock: Clock) {
  const topics = () => db.sql<TopicRow>('topics')

  const joined = () =>
    leftJoinLabels(joinFacets(db.sql('topics as p'), 'p.facet_id'), 'p.label_id').select<JoinedRow[]>(
      'p.*',
      'f.name as facet',
      'l.name as label',
      'lf.name as label_facet',
    )

  /** The posts of a topic that a reader may see, as a subquery. */
  const visiblePosts = (topicId: string | Knex.Ref<string, Record<string, string>>, reader: Audience) =>
    joinReadableThreads(db.sql('topic_posts as tp'), 'tp.thread_id', reader).where('tp.topic_id', topicId)

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
    /** Lets one process at a time propose topics of a facet, until the transaction ends. */
    lock: (facetId: string): Promise<void> => lockFacet(db, facetId),

    /** Topics of a facet seen since a time, in any status, with how many of these threads each has. */
    async seenSince(
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

    /** Adds an open topic. @returns its id */
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

    /** Records that a topic was found again. An open one gets its new words, figures and posts. */
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

    /** Closes a proposal. @returns false when it was no longer open */
    async resolve(
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
    label:
      row.label === null || row.label_facet === null
        ? undefined
        : { facet: row.label_facet, name: row.label },
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    resolved:
      row.resolved_at === null || row.resolved_by === null
        ? undefined
        : { at: row.resolved_at, by: JSON.parse(row.resolved_by) },
  }
}
