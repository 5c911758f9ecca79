import type { Knex } from 'knex'
import type { Audience } from '../../access/audience.ts'
import { isLabelled, joinLabels, labelsInForce } from '../../labels/label-queries.ts'
import { isInAuditSlice } from '../../models/training/audit-slice.ts'
import type { Database } from '../../platform/database/database.ts'
import { isReadableThread, joinReadableThreads, readableThreads } from '../../threads/readable-threads.ts'
import { currentPredictions } from '../../triage/predictions/prediction-queries.ts'

export type ThreadCountStore = ReturnType<typeof createThreadCountStore>

interface CountRow {
  name: string
  n: number | string
}

/** Counts of the threads that a reader may see. They may read all threads, so they run off the event loop. */
export function createThreadCountStore(db: Database) {
  const { sql } = db

  async function byName(query: Knex.QueryBuilder): Promise<Map<string, number>> {
    const rows = await db.longRead<CountRow>(query)
    return new Map(rows.map(({ name, n }) => [name, Number(n)]))
  }

  return {
    /** Label → threads with that label in force. */
    examples: (facetId: string, reader: Audience): Promise<Map<string, number>> =>
      byName(
        joinReadableThreads(joinLabels(labelsInForce(db, facetId), 'g.label_id'), 'g.thread_id', reader, {
          which: 'unremoved',
        })
          .groupBy('l.name')
          .select({ name: 'l.name', n: sql.raw('count(*)') }),
      ),

    /** Label → threads that the active version holds likeliest to have it but does not assign, and that nobody has labelled. */
    waiting: (facetId: string, reader: Audience): Promise<Map<string, number>> =>
      byName(
        currentPredictions(db)
          .where({ 'p.facet_id': facetId, 'p.decision': 'abstained' })
          .whereNotExists(isLabelled(db, 'p.thread_id', facetId))
          .whereNotExists(isInAuditSlice(db, 'p.thread_id'))
          .whereExists(isReadableThread(db, 'p.thread_id', reader, { which: 'questioned' }))
          .groupBy('p.label')
          .select({ name: 'p.label', n: sql.raw('count(*)') }),
      ),

    /** Threads asked from `since` (exclusive) to `until` (inclusive). */
    async asked(
      { since, until }: { readonly since: Date; readonly until: Date },
      { reader, sourceId }: ThreadsOf,
    ): Promise<number> {
      const [row] = await db.longRead<CountRow>(
        threads(reader, sourceId)
          .where('t.created_at', '>', since.toISOString())
          .where('t.created_at', '<=', until.toISOString())
          .select(sql.raw('count(*) as n')),
      )
      return Number(row?.n ?? 0)
    },

    /** When the latest thread was asked, at most `until`. */
    async lastAsked(until: Date, { reader, sourceId }: ThreadsOf): Promise<Date | undefined> {
      const [row] = await db.longRead<{ created_at: string }>(
        threads(reader, sourceId)
          .where('t.created_at', '<=', until.toISOString())
          .orderBy('t.created_at', 'desc')
          .limit(1)
          .select('t.created_at'),
      )
      const last = row && new Date(row.created_at)
      return last === undefined || Number.isNaN(last.getTime()) ? undefined : last
    },
  }

  function threads(reader: Audience, sourceId: string | undefined): Knex.QueryBuilder {
    const query = readableThreads(db, reader, { which: 'questioned' })
    if (sourceId !== undefined) query.where('t.source_id', sourceId)
    return query
  }
}

interface ThreadsOf {
  readonly reader: Audience
  /** Of all sources if absent. */
  readonly sourceId?: string | undefined
}
