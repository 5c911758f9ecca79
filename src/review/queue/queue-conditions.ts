import { type Audience, visibleTo } from '../../access/audience.ts'
import { BY_PEOPLE } from '../../labels/annotation.ts'
import type { Database } from '../../platform/database/database.ts'

/** Who asks for work on which facet, and when. */
export interface QueueReader {
  readonly facetId: string
  readonly reader: Audience
  /** Id of the agent. */
  readonly holder: string
  /** Claims that end by then hinder no one; ISO 8601. */
  readonly now: string
}

/**
 * What makes a thread a question for an agent. Each condition is a subquery on the column that holds a thread's id, so
 * that the table which is in order is read in order and no further than needed.
 */
export function createQueueConditions(db: Database) {
  const { sql } = db

  const among = (table: string, threadId: string) =>
    sql(`${table} as x`).where('x.thread_id', sql.ref(threadId)).select(sql.raw('1'))
  const ofFacet = (table: string, threadId: string, facetId: string) =>
    among(table, threadId).where('x.facet_id', facetId)

  const claims = (threadId: string, facetId: string, now: string) =>
    ofFacet('review_claims', threadId, facetId).where('x.claimed_until', '>', now)

  return {
    /** There with its question, as far as the reader may see it. */
    visible: (threadId: string, { reader }: Pick<QueueReader, 'reader'>) =>
      sql('threads as t')
        .join('sources as s', 's.id', 't.source_id')
        .whereIn('s.audience', visibleTo(reader))
        .whereNotNull('t.question_id')
        .whereNull('t.removed_at')
        .whereNull('t.merged_into')
        .where('t.id', sql.ref(threadId))
        .select(sql.raw('1')),
    openMisroute: (threadId: string) => among('misroutes', threadId).whereNull('x.resolved_at'),
    inAuditSlice: (threadId: string) => among('audit_slice', threadId),
    predicted: (threadId: string, { facetId }: QueueReader) => ofFacet('predictions', threadId, facetId),
    labelled: (threadId: string, { facetId }: QueueReader) => ofFacet('thread_labels', threadId, facetId),
    labelledByAgent: (threadId: string, { facetId }: QueueReader) =>
      ofFacet('thread_labels', threadId, facetId).whereIn('x.provenance', BY_PEOPLE),
    /** The agent who asks has given a verdict on it. */
    labelledByHolder: (threadId: string, { facetId, holder }: Pick<QueueReader, 'facetId' | 'holder'>) =>
      sql('annotations as a')
        .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
        .where('a.thread_id', sql.ref(threadId))
        .where({ 'a.facet_id': facetId, 'a.provenance': 'agent', 'a.actor_id': holder })
        .whereNull('r.annotation_id')
        .select(sql.raw('1')),
    /** Handed to somebody who may still answer. */
    claimed: (threadId: string, { facetId, now }: QueueReader) => claims(threadId, facetId, now),
    /** The same, but for what the one who asks was handed. */
    claimedByOthers: (threadId: string, { facetId, holder, now }: QueueReader) =>
      claims(threadId, facetId, now).whereNot('x.holder', holder),
  }
}
