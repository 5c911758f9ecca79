import type { Knex } from 'knex'
import { type Clock, isoNow } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import { stableFraction } from '../../platform/ids.ts'

/** A thread of the slice, for one facet. */
export interface DrawnThread {
  readonly drawnAt: string
  /** Whether an agent has annotated it blind, without seeing a prediction, and the annotation is not revoked. */
  readonly labelledBlind: boolean
}

export type AuditSliceStore = ReturnType<typeof createAuditSliceStore>

const ROWS = 200

/** Whether a thread is of the share that is drawn: by hash of its id, so always the same ones. */
export function drawnForAudit(threadId: string, share: number): boolean {
  return stableFraction('audit-slice', threadId) < share
}

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

/**
 * Whether a version may have learned from a thread of the audit slice: it was drawn after the version had begun to
 * read its labels, and labelled before the version was made.
 *
 * @param as the query's aliases of the tables of draws, versions and predictions
 */
export function perhapsLearned(
  sql: Knex,
  as: { readonly draw: string; readonly version: string; readonly prediction: string },
): Knex.Raw {
  const labelled = sql('annotations as n')
    .where('n.thread_id', sql.ref(`${as.prediction}.thread_id`))
    .where('n.facet_id', sql.ref(`${as.prediction}.facet_id`))
    .where('n.created_at', '<=', sql.ref(`${as.version}.created_at`))
    .select(sql.raw('1'))
  return sql.raw('(?? >= ?? and exists ?)', [`${as.draw}.drawn_at`, `${as.version}.labels_read_at`, labelled])
}
