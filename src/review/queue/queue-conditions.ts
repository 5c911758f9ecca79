import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import { BY_PEOPLE } from '../../labels/annotation.ts'
import { isLabelled, validAnnotations } from '../../labels/label-queries.ts'
import { isInAuditSlice } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import { isReadableThread } from '../../threads/readable-threads.ts'
import { isPredicted } from '../../triage/predictions/prediction-queries.ts'
import { auditSnapshots } from '../audit/audit-snapshot-queries.ts'
import { concerning } from '../misroutes/misroute-queries.ts'

/** Who asks for work on which facet, and when. */
export interface QueueReader {
  readonly facetId: string
  readonly reader: Audience
  /** Id of the agent. */
  readonly holder: string
  /** The current time, ISO 8601: claims that have expired by then do not count. */
  readonly now: string
}

/**
 * The conditions on threads in the review queue. Each is a subquery for `where exists` on the column that holds a
 * thread's id, so that a query can read its main table in order and stop at its limit.
 */
export function createQueueConditions(db: Database) {
  const { sql } = db

  const claims = (threadId: string, { facetId, now }: QueueReader) =>
    sql('review_claims as x')
      .where('x.thread_id', sql.ref(threadId))
      .where('x.facet_id', facetId)
      .where('x.claimed_until', '>', now)
      .select(sql.raw('1'))

  return {
    /** Present with its question, and readable. */
    visible: (threadId: string, { reader }: Pick<QueueReader, 'reader'>): Knex.QueryBuilder =>
      isReadableThread(db, threadId, reader, { which: 'questioned' }),
    /** Reported as misrouted, on the facet that is asked about. */
    openMisroute: (threadId: string, { facetId }: Pick<QueueReader, 'facetId'>) =>
      concerning(sql('misroutes as m'), facetId)
        .where('m.thread_id', sql.ref(threadId))
        .whereNull('m.resolved_at')
        .select(sql.raw('1')),
    /** Drawn for the audit slice, though its first prediction is no test: the version may have learned from the thread. */
    setAside: (threadId: string, { facetId }: Pick<QueueReader, 'facetId'>) =>
      auditSnapshots(db, facetId)
        .where('thread_id', sql.ref(threadId))
        .whereRaw('may_have_learned')
        .select(sql.raw('1')),
    inAuditSlice: (threadId: string) => isInAuditSlice(db, threadId),
    predicted: (threadId: string, { facetId }: QueueReader) => isPredicted(db, threadId, facetId),
    labelled: (threadId: string, { facetId }: QueueReader) => isLabelled(db, threadId, facetId),
    labelledByAgent: (threadId: string, { facetId }: QueueReader) =>
      isLabelled(db, threadId, facetId, BY_PEOPLE),
    /** Annotated by the agent who asks. */
    labelledByHolder: (threadId: string, { facetId, holder }: Pick<QueueReader, 'facetId' | 'holder'>) =>
      validAnnotations(db)
        .where('a.thread_id', sql.ref(threadId))
        .where({ 'a.facet_id': facetId, 'a.provenance': 'agent', 'a.actor_id': holder })
        .select(sql.raw('1')),
    /** Left to others by the agent who asks. */
    skippedByHolder: (threadId: string, { facetId, holder }: Pick<QueueReader, 'facetId' | 'holder'>) =>
      sql('review_skips as z')
        .where('z.thread_id', sql.ref(threadId))
        .where({ 'z.facet_id': facetId, 'z.actor_id': holder })
        .whereNull('z.undone_at')
        .select(sql.raw('1')),
    /** Claimed by any agent. */
    claimed: (threadId: string, reader: QueueReader) => claims(threadId, reader),
    /** Claimed by another agent than the one who asks. */
    claimedByOthers: (threadId: string, reader: QueueReader) =>
      claims(threadId, reader).whereNot('x.holder', reader.holder),
  }
}
