import type { Knex } from 'knex'
import { labelsGivenUntil } from '../../labels/label-queries.ts'
import { drawnThreads } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { allThreads } from '../../threads/readable-threads.ts'

/** A thread and who asked it. */
export interface TrafficThread {
  readonly id: string
  /** Absent where the source does not name who asked. */
  readonly askerId?: string
}

export type TrafficStore = ReturnType<typeof createTrafficStore>

/** Ids a query. */
const CHUNK = 500

/** Threads by when they were asked, as their sources date them, and those that a model learned from. */
export function createTrafficStore(db: Database) {
  const asked = () =>
    allThreads(db, { which: 'questioned' }).orderBy([
      { column: 't.created_at', order: 'desc' },
      { column: 't.id', order: 'desc' },
    ])

  async function read(query: Knex.QueryBuilder): Promise<TrafficThread[]> {
    const rows = await db.longRead<{ id: string; asker_id: string | null }>(
      query.select('t.id', 't.asker_id'),
    )
    return rows.map(({ id, asker_id }) => ({ id, askerId: asker_id ?? undefined }))
  }

  return {
    /** Threads asked from `since` on until now, the latest first. */
    between: (since: Date, now: Date, limit: number): Promise<TrafficThread[]> =>
      read(
        asked()
          .where('t.created_at', '>=', since.toISOString())
          .where('t.created_at', '<=', now.toISOString())
          .limit(limit),
      ),

    /** The latest threads asked before a time, the latest first; those without a date come last. */
    before: (time: Date, limit: number): Promise<TrafficThread[]> =>
      read(asked().where('t.created_at', '<', time.toISOString()).limit(limit)),

    /** The next ids, in their order, of threads that a version of a facet trained at a time learned from. */
    async learnedAfter(
      facetId: string,
      { until, after, limit }: { readonly until: string; readonly after: string; readonly limit: number },
    ): Promise<string[]> {
      return learned(facetId, until)
        .where('tl.thread_id', '>', after)
        .orderBy('tl.thread_id')
        .limit(limit)
        .pluck('tl.thread_id')
    },

    /** The threads among these that a version of a facet trained at a time learned from. Yields to the event loop. */
    async learnedAmong(facetId: string, ids: readonly string[], until: string): Promise<Set<string>> {
      const yieldToEventLoop = createYielder()
      const found = new Set<string>()
      for (let from = 0; from < ids.length; from += CHUNK) {
        const chunk = ids.slice(from, from + CHUNK)
        const some: string[] = await learned(facetId, until)
          .whereIn('tl.thread_id', chunk)
          .pluck('tl.thread_id')
        for (const id of some) found.add(id)
        await yieldToEventLoop()
      }
      return found
    },
  }

  /** What a version trained at that time learned from: labelled threads, but for those of the audit slice. */
  function learned(facetId: string, until: string) {
    const drawn = drawnThreads(db)
      .where('d.thread_id', db.sql.ref('tl.thread_id'))
      .where('d.drawn_at', '<=', until)
      .select(db.sql.raw('1'))
    return labelsGivenUntil(db, facetId, until).whereNotExists(drawn)
  }
}
