import type { Database } from '../../platform/database/database.ts'
import { drawnForAudit } from './audit-slice.ts'

export type UnlabelledStore = ReturnType<typeof createUnlabelledStore>

/**
 * Threads without a label, which training also learns from.
 *
 * @param auditShare share of threads drawn for the audit slice: none of them is learned from, drawn already or not
 */
export function createUnlabelledStore(db: Database, auditShare: number) {
  const { sql } = db
  const none = (table: string) =>
    sql(`${table} as x`).where('x.thread_id', sql.ref('t.id')).select(sql.raw('1'))

  return {
    /** Ids of threads without a label on the facet, each as likely as another and always the same, at most so many. */
    async draw(facetId: string, most: number): Promise<string[]> {
      if (most <= 0) return []
      const rows = await db.longRead<{ id: string }>(
        sql('threads as t')
          .whereNotNull('t.question_id')
          .whereNull('t.removed_at')
          .whereNull('t.merged_into')
          .whereNotExists(none('thread_labels').where('x.facet_id', facetId))
          .whereNotExists(none('audit_slice'))
          .orderBy([{ column: db.byChance('t.id') }, 't.id'])
          .limit(most)
          .select('t.id'),
      )
      return rows.map(({ id }) => id).filter((id) => !drawnForAudit(id, auditShare))
    },
  }
}
