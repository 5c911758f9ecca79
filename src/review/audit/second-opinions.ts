import type { AnnotationStore } from '../../labels/annotation-store.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableFraction } from '../../platform/ids.ts'
import { createQueueConditions } from '../queue/queue-conditions.ts'
import type { QueueQuery } from '../queue/queue-store.ts'

export type SecondOpinionStore = ReturnType<typeof createSecondOpinionStore>

/** Threads drawn to be labelled blind by a second agent, so that agreement can be measured. */
export function createSecondOpinionStore(db: Database, clock: Clock) {
  const { sql } = db
  const are = createQueueConditions(db)

  return {
    /** Asks for a second opinion; one that was asked for stays as it was. */
    async ask(facetId: string, threadId: string): Promise<void> {
      await db
        .sql('second_opinions')
        .insert({ facet_id: facetId, thread_id: threadId, asked_at: isoNow(clock) })
        .onConflict(['facet_id', 'thread_id'])
        .ignore()
    },

    /**
     * The threads whose one blind verdict waits for a second, the longest asked first: that the reader may see, that
     * were not ruled on, that nobody was handed, and of which whoever asks has said nothing. To be shown blind. Off the
     * server's thread.
     */
    async threads(query: QueueQuery): Promise<string[]> {
      const said = () =>
        sql('annotations as a')
          .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
          .where('a.thread_id', sql.ref('o.thread_id'))
          .where('a.facet_id', query.facetId)
          .whereNull('r.annotation_id')
      const raters = said().where('a.provenance', 'agent').whereRaw('a.blind').countDistinct('a.actor_id')
      const rows = await db.longRead<{ thread_id: string }>(
        sql('second_opinions as o')
          .where('o.facet_id', query.facetId)
          .whereExists(are.visible('o.thread_id', query))
          .whereNotExists(are.openMisroute('o.thread_id'))
          .whereNotExists(are.claimed('o.thread_id', query))
          .whereNotExists(are.labelledByHolder('o.thread_id', query))
          .whereNotExists(said().where('a.provenance', 'ruling').select(sql.raw('1')))
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
  /** Share of threads labelled blind that another agent labels blind too. */
  readonly secondOpinionShare: number
}

/** Has a share of the threads that were labelled blind labelled blind once more; by hash, so always the same. */
export async function askSecondOpinion(deps: SecondOpinionDeps, annotationId: string): Promise<void> {
  const { facetId, threadId, provenance, blind, revoked } = await deps.annotations.require(annotationId)
  if (provenance !== 'agent' || !blind || revoked !== undefined) return
  if (stableFraction('second-opinion', `${facetId} ${threadId}`) >= deps.secondOpinionShare) return
  await deps.secondOpinions.ask(facetId, threadId)
}
