import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'

/** A thread as far as it is counted. */
export interface TrafficThread {
  readonly id: string
  /** Absent where the source does not name who asked. */
  readonly askerId?: string
}

export type TrafficStore = ReturnType<typeof createTrafficStore>

/** Ids a query. */
const CHUNK = 500

/** Which threads were asked when, and which of them a model learned from; by the dates that sources tell. */
export function createTrafficStore(db: Database) {
  const asked = () =>
    db
      .sql('threads')
      .whereNotNull('question_id')
      .whereNull('removed_at')
      .whereNull('merged_into')
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])

  async function read(query: Knex.QueryBuilder): Promise<TrafficThread[]> {
    const rows = await db.longRead<{ id: string; asker_id: string | null }>(query.select('id', 'asker_id'))
    return rows.map(({ id, asker_id }) => ({ id, askerId: asker_id ?? undefined }))
  }

  return {
    /** Threads asked from `since` on until now, the latest first. */
    between: (since: Date, now: Date, limit: number): Promise<TrafficThread[]> =>
      read(
        asked()
          .where('created_at', '>=', since.toISOString())
          .where('created_at', '<=', now.toISOString())
          .limit(limit),
      ),

    /** The latest threads asked before a time, the latest first; those without a date come last. */
    before: (time: Date, limit: number): Promise<TrafficThread[]> =>
      read(asked().where('created_at', '<', time.toISOString()).limit(limit)),

    /** The next ids, in their order, of threads whose label of a facet was given until a time. */
    async learnedAfter(
      facetId: string,
      { until, after, limit }: { readonly until: string; readonly after: string; readonly limit: number },
    ): Promise<string[]> {
      return learned(facetId, until)
        .where('t.thread_id', '>', after)
        .orderBy('t.thread_id')
        .limit(limit)
        .pluck('t.thread_id')
    },

    /** Those of these threads that a version of a facet made at a time had learned from; others have their turn meanwhile. */
    async learnedAmong(facetId: string, ids: readonly string[], until: string): Promise<Set<string>> {
      const yieldToEventLoop = createYielder()
      const found = new Set<string>()
      for (let from = 0; from < ids.length; from += CHUNK) {
        const chunk = ids.slice(from, from + CHUNK)
        const some: string[] = await learned(facetId, until)
          .whereIn('t.thread_id', chunk)
          .pluck('t.thread_id')
        for (const id of some) found.add(id)
        await yieldToEventLoop()
      }
      return found
    },
  }

  /** What a version made at that time was trained on: what was labelled, and not drawn for the audit slice. */
  function learned(facetId: string, until: string) {
    const drawn = db
      .sql('audit_slice as d')
      .where('d.thread_id', db.sql.ref('t.thread_id'))
      .where('d.drawn_at', '<=', until)
    return db
      .sql('thread_labels as t')
      .join('annotations as a', 'a.id', 't.annotation_id')
      .where('t.facet_id', facetId)
      .where('a.created_at', '<=', until)
      .whereNotExists(drawn.select(db.sql.raw('1')))
  }
}
