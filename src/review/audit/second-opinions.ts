import type { AnnotationStore } from '../../labels/annotation-store.ts'
import { validAnnotations } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableFraction } from '../../platform/ids.ts'
import { createQueueConditions } from '../queue/queue-conditions.ts'
import type { QueueQuery } from '../queue/queue-store.ts'

export type SecondOpinionStore = ReturnType<typeof createSecondOpinionStore>

/** Threads that a second agent should label blind too, so that agreement can be measured. */
export function createSecondOpinionStore(db: Database, clock: Clock) {
  const { sql } = db
  const are = createQueueConditions(db)

  return {
    /** Requests a second opinion; an existing request stays unchanged. */
    async request(facetId: string, threadId: string): Promise<void> {
      await db
        .sql('second_opinions')
        .insert({ facet_id: facetId, thread_id: threadId, asked_at: isoNow(clock) })
        .onConflict(['facet_id', 'thread_id'])
        .ignore()
    },

    /**
     * Threads with one rating that wait for a second, the earliest request first: that the reader may see, that nobody
     * ruled on or holds, and that the agent who asks has not labelled. To be shown blind. Reads off the event loop.
     */
    async threads(query: QueueQuery): Promise<string[]> {
      const annotations = () =>
        validAnnotations(db).where('a.thread_id', sql.ref('o.thread_id')).where('a.facet_id', query.facetId)
      const raters = annotations()
        .where('a.provenance', 'agent')
        .whereRaw('a.blind')
        .countDistinct('a.actor_id')
      const rows = await db.longRead<{ thread_id: string }>(
        sql('second_opinions as o')
          .where('o.facet_id', query.facetId)
          .whereExists(are.visible('o.thread_id', query))
          .whereNotExists(are.openMisroute('o.thread_id', query))
          .whereNotExists(are.claimed('o.thread_id', query))
          .whereNotExists(are.skippedByHolder('o.thread_id', query))
          .whereNotExists(are.labelledByHolder('o.thread_id', query))
          .whereNotExists(annotations().where('a.provenance', 'ruling').select(sql.raw('1')))
          .where(1, raters)
          .orderBy(['o.asked_at', 'o.thread_id'])
          .limit(query.limit)
          .select('o.thread_id'),
      )
      return rows.map(({ thread_id }) => thread_id)
    },
  }
}

export interface SecondOpinionDeps {
  readonly annotations: Pick<AnnotationStore, 'require'>
  readonly secondOpinions: SecondOpinionStore
  /** Share of the threads labelled blind for which a second opinion is requested. */
  readonly secondOpinionShare: number
}

/** Requests a second opinion on a share of the threads that are labelled blind: by hash, so always the same ones. */
export async function requestSecondOpinion(deps: SecondOpinionDeps, annotationId: string): Promise<void> {
  const { facetId, threadId, provenance, blind, revoked } = await deps.annotations.require(annotationId)
  if (provenance !== 'agent' || !blind || revoked !== undefined) return
  if (stableFraction('second-opinion', `${facetId} ${threadId}`) >= deps.secondOpinionShare) return
  await deps.secondOpinions.request(facetId, threadId)
}
