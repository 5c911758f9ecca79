import { BY_PEOPLE } from '../../labels/annotation.ts'
import { isLabelled } from '../../labels/label-queries.ts'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import { isInAuditSlice } from './audit-slice.ts'

/** A thread of the slice, for one facet. */
export interface DrawnThread {
  readonly drawnAt: string
  /** Whether an agent has annotated it blind, without seeing a prediction, and the annotation is not revoked. */
  readonly labelledBlind: boolean
}

export type AuditSliceStore = ReturnType<typeof createAuditSliceStore>

const ROWS = 200

/**
 * Threads drawn at random to be labelled blind, so that figures do not depend on what agents happened to notice. No
 * training uses them, labelled or not.
 */
export function createAuditSliceStore(db: Database, clock: Clock) {
  return {
    /** Puts threads in the slice; those in it stay as they were. */
    async add(threadIds: readonly string[]): Promise<void> {
      for (let from = 0; from < threadIds.length; from += ROWS) {
        const rows = threadIds
          .slice(from, from + ROWS)
          .map((id) => ({ thread_id: id, drawn_at: isoNow(clock) }))
        await db.sql('audit_slice').insert(rows).onConflict('thread_id').ignore()
      }
    },

    /** How many threads of a source were drawn and can be labelled. */
    async countOf(sourceId: string): Promise<number> {
      const [row] = await readableThreads(db, 'internal', { which: 'questioned' })
        .where('t.source_id', sourceId)
        .whereExists(isInAuditSlice(db, 't.id'))
        .count<{ n: number | string }[]>('t.id as n')
      return Number(row?.n ?? 0)
    },

    /** Random threads of a source that were not drawn and that no agent has labelled on a facet. */
    async undrawnOf(sourceId: string, facetId: string, limit: number): Promise<string[]> {
      if (limit === 0) return []
      return readableThreads(db, 'internal', { which: 'questioned' })
        .where('t.source_id', sourceId)
        .whereNotExists(isInAuditSlice(db, 't.id'))
        .whereNotExists(isLabelled(db, 't.id', facetId, BY_PEOPLE))
        .orderBy([{ column: db.byChance('t.id') }, 't.id'])
        .limit(limit)
        .pluck('t.id')
    },

    /** Which of these threads (at most 500) were drawn. */
    async drawnAmong(facetId: string, threadIds: readonly string[]): Promise<Map<string, DrawnThread>> {
      const drawn: { thread_id: string; drawn_at: string }[] = await db
        .sql('audit_slice')
        .whereIn('thread_id', threadIds)
      if (drawn.length === 0) return new Map()
      const blind = new Set<string>(
        await db
          .sql('annotations as a')
          .leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id')
          .where({ 'a.facet_id': facetId, 'a.provenance': 'agent', 'a.blind': true })
          .whereIn(
            'a.thread_id',
            drawn.map((row) => row.thread_id),
          )
          .whereNull('r.annotation_id')
          .pluck('a.thread_id'),
      )
      return new Map(
        drawn.map((row) => [
          row.thread_id,
          { drawnAt: row.drawn_at, labelledBlind: blind.has(row.thread_id) },
        ]),
      )
    },
  }
}
