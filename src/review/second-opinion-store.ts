import { type Audience, visibleTo } from '../access/index.ts'
import { type Clock, type Database, isoNow } from '../platform/index.ts'

export interface SecondOpinionQuery {
  readonly facetId: string
  readonly reader: Audience
  /** Who would give it: nobody is asked twice. */
  readonly actorId: string
  readonly limit: number
}

export type SecondOpinionStore = ReturnType<typeof createSecondOpinionStore>

/** Threads drawn to be labelled blind by a second agent, so that agreement can be measured. */
export function createSecondOpinionStore(db: Database, clock: Clock) {
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
     * were not ruled on, and of which this actor has said nothing. To be shown blind. Off the server's thread.
     */
    async threads({ facetId, reader, actorId, limit }: SecondOpinionQuery): Promise<string[]> {
      const { sql } = db
      const said = () =>
        sql('annotations as a')
          .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
          .where('a.thread_id', sql.ref('o.thread_id'))
          .where('a.facet_id', facetId)
          .whereNull('r.annotation_id')
      const voters = said().where('a.provenance', 'agent').whereRaw('a.blind').countDistinct('a.actor_id')
      const query = sql('second_opinions as o')
        .join('threads as t', 't.id', 'o.thread_id')
        .join('sources as s', 's.id', 't.source_id')
        .where('o.facet_id', facetId)
        .whereIn('s.audience', visibleTo(reader))
        .whereNotNull('t.question_id')
        .whereNull('t.merged_into')
        .whereNotExists(said().where('a.provenance', 'ruling').select(sql.raw('1')))
        .whereNotExists(said().where({ 'a.provenance': 'agent', 'a.actor_id': actorId }).select(sql.raw('1')))
        .where(1, voters)
        .orderBy(['o.asked_at', 'o.thread_id'])
        .limit(limit)
        .select('o.thread_id')
      return (await db.longRead<{ thread_id: string }>(query)).map(({ thread_id }) => thread_id)
    },
  }
}
