import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import { auditSlice } from '../../models/training/audit-slice.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { currentPredictions } from '../../triage/predictions/prediction-queries.ts'
import type { ConflictStore } from '../conflicts/conflict-store.ts'
import { concerning } from '../misroutes/misroute-queries.ts'
import { createQueueConditions } from './queue-conditions.ts'

/** Where counting stops: people need not know whether 1,000 or 100,000 wait. */
export const COUNTED = 1_000

/** What waits for people on a facet; each count stops at {@link COUNTED}. */
export interface QueueCounts {
  /** Name of the facet. */
  readonly facet: string
  /** Threads with an open misroute. */
  readonly misroutes: number
  /** Threads of the audit slice that nobody has labelled. */
  readonly audit: number
  /** Unlabelled threads on which the model abstained. */
  readonly uncertain: number
  /** Open conflicts. */
  readonly conflicts: number
}

export interface CountDeps {
  readonly db: Database
  readonly clock: Clock
  readonly facets: Pick<FacetStore, 'all'>
  readonly conflicts: Pick<ConflictStore, 'openQuery'>
}

/** What the review queue and the conflict inbox hold for readers of an audience, by facet. Counts off the event loop. */
export async function countQueue(
  { db, clock, facets, conflicts }: CountDeps,
  reader: Audience,
): Promise<QueueCounts[]> {
  const are = createQueueConditions(db)

  async function count(some: Knex.QueryBuilder): Promise<number> {
    const query = db.sql.from(some.limit(COUNTED).as('some')).count('* as n')
    const [row] = await db.longRead<{ n: number | string }>(query)
    return Number(row?.n ?? 0)
  }

  const counts: QueueCounts[] = []
  for (const { id: facetId, name } of await facets.all()) {
    const asked = { facetId, reader, holder: '', now: clock.now().toISOString() }
    counts.push({
      facet: name,
      misroutes: await count(
        concerning(db.sql('misroutes as m'), facetId)
          .whereNull('m.resolved_at')
          .whereExists(are.visible('m.thread_id', asked))
          .distinct('m.thread_id'),
      ),
      audit: await count(
        auditSlice(db)
          .whereNotExists(are.labelledByAgent('a.thread_id', asked))
          .whereNotExists(are.setAside('a.thread_id', asked))
          .whereExists(are.visible('a.thread_id', asked))
          .select('a.thread_id'),
      ),
      uncertain: await count(
        currentPredictions(db)
          .where({ 'p.facet_id': facetId, 'p.decision': 'abstained' })
          .whereNotExists(are.labelled('p.thread_id', asked))
          .whereNotExists(are.inAuditSlice('p.thread_id'))
          .whereExists(are.visible('p.thread_id', asked))
          .select('p.thread_id'),
      ),
      conflicts: await count(conflicts.openQuery(facetId, reader)),
    })
  }
  return counts
}
