import type { Knex } from 'knex'
import { auditSlice } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import { joinReadableThreads } from '../../threads/readable-threads.ts'
import { isActing } from '../../triage/measurements/measurement-queries.ts'
import { currentPredictions } from '../../triage/predictions/prediction-queries.ts'
import { concerning } from '../misroutes/misroute-queries.ts'
import { createQueueConditions, type QueueReader } from './queue-conditions.ts'

export interface QueueQuery extends QueueReader {
  readonly limit: number
}

export type QueueStore = ReturnType<typeof createQueueStore>

/**
 * The ids of threads that come before or between those that a strategy chooses; no thread is in both lists. The queries
 * may skip many threads, so they run off the event loop (and outside any transaction).
 */
export function createQueueStore(db: Database) {
  const { sql } = db
  const are = createQueueConditions(db)

  async function ids(query: Knex.QueryBuilder): Promise<string[]> {
    return (await db.longRead<{ id: string }>(query)).map(({ id }) => id)
  }

  return {
    /** Threads with an open misroute, the earliest report first. */
    misrouted: ({ limit, ...reader }: QueueQuery): Promise<string[]> =>
      ids(
        concerning(sql('misroutes as m'), reader.facetId)
          .whereNull('m.resolved_at')
          .whereNotExists(are.claimedByOthers('m.thread_id', reader))
          .whereNotExists(are.skippedByHolder('m.thread_id', reader))
          .whereExists(are.visible('m.thread_id', reader))
          .groupBy('m.thread_id')
          .orderByRaw('min(m.id)')
          .limit(limit)
          .select('m.thread_id as id'),
      ),

    /**
     * Threads to which the model would assign one of these labels, on sources where the label does not act, without a
     * label by people: random ones, so that those left over are no selection.
     */
    suggested: ({ labels, limit, ...reader }: QueueQuery & { readonly labels: readonly string[] }) =>
      ids(
        joinReadableThreads(currentPredictions(db), 'p.thread_id', reader.reader, { which: 'questioned' })
          .where({ 'p.facet_id': reader.facetId, 'p.decision': 'assigned' })
          .whereIn('p.label', labels)
          .whereNotExists(isActing(db, { facetId: 'p.facet_id', sourceId: 't.source_id', label: 'p.label' }))
          .whereNotExists(are.labelled('p.thread_id', reader))
          .whereNotExists(are.inAuditSlice('p.thread_id'))
          .whereNotExists(are.openMisroute('p.thread_id', reader))
          .whereNotExists(are.claimed('p.thread_id', reader))
          .whereNotExists(are.skippedByHolder('p.thread_id', reader))
          .orderBy([{ column: db.byChance('p.thread_id') }, 'p.thread_id'])
          .limit(limit)
          .select('p.thread_id as id'),
      ),

    /**
     * Threads of the audit slice without a label by people, but for those that the audit report sets aside; in random
     * order: any part that gets labelled is a random sample too.
     */
    auditSlice: ({ limit, ...reader }: QueueQuery): Promise<string[]> =>
      ids(
        auditSlice(db)
          .whereNotExists(are.labelledByAgent('a.thread_id', reader))
          .whereNotExists(are.setAside('a.thread_id', reader))
          .whereNotExists(are.openMisroute('a.thread_id', reader))
          .whereNotExists(are.claimed('a.thread_id', reader))
          .whereNotExists(are.skippedByHolder('a.thread_id', reader))
          .whereExists(are.visible('a.thread_id', reader))
          .orderBy([{ column: db.byChance('a.thread_id') }, 'a.thread_id'])
          .limit(limit)
          .select('a.thread_id as id'),
      ),
  }
}
