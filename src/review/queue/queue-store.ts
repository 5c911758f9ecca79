import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'
import { createQueueConditions, type QueueReader } from './queue-conditions.ts'

export interface QueueQuery extends QueueReader {
  readonly limit: number
}

export type QueueStore = ReturnType<typeof createQueueStore>

/**
 * The ids of threads that come before or between those that a strategy chooses; no thread is in both lists. The queries
 * may have to pass over many that do not qualify, so they keep off the server's thread (and out of any transaction).
 */
export function createQueueStore(db: Database) {
  const { sql } = db
  const are = createQueueConditions(db)

  async function ids(query: Knex.QueryBuilder): Promise<string[]> {
    return (await db.longRead<{ id: string }>(query)).map(({ id }) => id)
  }

  return {
    /** Reported as misrouted and not settled, the longest ago first. */
    misrouted: ({ limit, ...reader }: QueueQuery): Promise<string[]> =>
      ids(
        sql('misroutes as m')
          .whereNull('m.resolved_at')
          .whereNotExists(are.claimedByOthers('m.thread_id', reader))
          .whereExists(are.visible('m.thread_id', reader))
          .groupBy('m.thread_id')
          .orderByRaw('min(m.id)')
          .limit(limit)
          .select('m.thread_id as id'),
      ),

    /** In the audit slice and not labelled by an agent, in an order of chance: whatever part is labelled is drawn by lot too. */
    auditSlice: ({ limit, ...reader }: QueueQuery): Promise<string[]> =>
      ids(
        sql('audit_slice as a')
          .whereNotExists(are.labelledByAgent('a.thread_id', reader))
          .whereNotExists(are.openMisroute('a.thread_id'))
          .whereNotExists(are.claimed('a.thread_id', reader))
          .whereExists(are.visible('a.thread_id', reader))
          .orderBy([{ column: db.byChance('a.thread_id') }, 'a.thread_id'])
          .limit(limit)
          .select('a.thread_id as id'),
      ),
  }
}
