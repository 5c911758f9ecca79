import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../access/index.ts'
import { BY_PEOPLE } from '../labels/index.ts'
import type { Database } from '../platform/index.ts'

/** What to look for: threads that a reader may see, for one facet. */
export interface QueueQuery {
  readonly facetId: string
  readonly reader: Audience
  readonly limit: number
}

export type QueueStore = ReturnType<typeof createQueueStore>

/**
 * The ids of threads worth an agent's time, one reason a function; no thread has two. The queries may have to pass
 * over many that do not qualify, so they keep off the server's thread (and out of any transaction).
 */
export function createQueueStore(db: Database) {
  const { sql } = db

  /** Each condition is a subquery, so that the table which is in order is read in order and no further than needed. */
  const visible = (threadId: string, reader: Audience) =>
    sql('threads as t')
      .join('sources as s', 's.id', 't.source_id')
      .whereIn('s.audience', visibleTo(reader))
      .whereNotNull('t.question_id')
      .where('t.id', sql.ref(threadId))
      .select(sql.raw('1'))
  const among = (table: string, threadId: string) =>
    sql(`${table} as x`).where('x.thread_id', sql.ref(threadId)).select(sql.raw('1'))
  const openMisroute = (threadId: string) => among('misroutes', threadId).whereNull('x.settled_at')
  const ofFacet = (table: string, threadId: string, facetId: string) =>
    among(table, threadId).where('x.facet_id', facetId)
  const byAgent = (threadId: string, facetId: string) =>
    ofFacet('thread_labels', threadId, facetId).whereIn('x.provenance', BY_PEOPLE)

  async function ids(query: Knex.QueryBuilder): Promise<string[]> {
    return (await db.longRead<{ id: string }>(query)).map(({ id }) => id)
  }

  return {
    /** Reported as misrouted and not settled, the longest ago first. */
    misrouted: ({ reader, limit }: QueueQuery): Promise<string[]> =>
      ids(
        sql('misroutes as m')
          .whereNull('m.settled_at')
          .whereExists(visible('m.thread_id', reader))
          .groupBy('m.thread_id')
          .orderByRaw('min(m.id)')
          .limit(limit)
          .select('m.thread_id as id'),
      ),

    /** Not labelled by an agent, those of which the model is least sure first. */
    leastCertain: ({ facetId, reader, limit }: QueueQuery): Promise<string[]> =>
      ids(
        sql('predictions as p')
          .where('p.facet_id', facetId)
          .whereNotExists(byAgent('p.thread_id', facetId))
          .whereNotExists(among('audit_slice', 'p.thread_id'))
          .whereNotExists(openMisroute('p.thread_id'))
          .whereExists(visible('p.thread_id', reader))
          .orderBy(['p.confidence', 'p.thread_id'])
          .limit(limit)
          .select('p.thread_id as id'),
      ),

    /** In the audit slice and not labelled by an agent; ids are hashes, so their order is as good as random. */
    auditSlice: ({ facetId, reader, limit }: QueueQuery): Promise<string[]> =>
      ids(
        sql('audit_slice as a')
          .whereNotExists(byAgent('a.thread_id', facetId))
          .whereNotExists(openMisroute('a.thread_id'))
          .whereExists(visible('a.thread_id', reader))
          .orderBy('a.thread_id')
          .limit(limit)
          .select('a.thread_id as id'),
      ),

    /** Without label or prediction; spread over all threads, and always the same, as ids are hashes. */
    unlabelled: ({ facetId, reader, limit }: QueueQuery): Promise<string[]> =>
      ids(
        sql('threads as u')
          .whereNotExists(ofFacet('thread_labels', 'u.id', facetId))
          .whereNotExists(ofFacet('predictions', 'u.id', facetId))
          .whereNotExists(among('audit_slice', 'u.id'))
          .whereNotExists(openMisroute('u.id'))
          .whereExists(visible('u.id', reader))
          .orderBy('u.id')
          .limit(limit)
          .select('u.id'),
      ),
  }
}
