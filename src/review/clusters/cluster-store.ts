import type { Database } from '../../platform/database/database.ts'
import { nearDuplicateLinks } from '../../threads/thread-queries.ts'
import { createQueueConditions, type QueueReader } from '../queue/queue-conditions.ts'

/** Two threads that ask nearly the same. */
export interface AlikePair {
  readonly one: string
  readonly other: string
  /** Similarity of the questions, in [0, 1]. */
  readonly likeness: number
}

export type ClusterStore = ReturnType<typeof createClusterStore>

/** Near-duplicates that an agent could label together. Reads off the event loop. */
export function createClusterStore(db: Database) {
  const are = createQueueConditions(db)

  return {
    /**
     * Pairs of near-duplicates, neither of which is labelled on the facet, in the audit slice, misrouted, held by another
     * agent, or skipped by the agent who asks; the most alike first.
     */
    pairs(reader: QueueReader, limit: number): Promise<AlikePair[]> {
      const query = nearDuplicateLinks(db)
      for (const threadId of ['k.from_id', 'k.to_id'])
        query
          .whereNotExists(are.labelled(threadId, reader))
          .whereNotExists(are.inAuditSlice(threadId))
          .whereNotExists(are.openMisroute(threadId, reader))
          .whereNotExists(are.claimedByOthers(threadId, reader))
          .whereNotExists(are.skippedByHolder(threadId, reader))
          .whereExists(are.visible(threadId, reader))
      return db.longRead<AlikePair>(
        query
          .orderBy([{ column: 'k.likeness', order: 'desc' }, 'k.from_id', 'k.to_id'])
          .limit(limit)
          .select({ one: 'k.from_id', other: 'k.to_id', likeness: 'k.likeness' }),
      )
    },
  }
}
