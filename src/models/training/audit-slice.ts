import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'
import { stableFraction } from '../../platform/ids.ts'

/** Parts of queries over the audit slice, which the stores of this module and of later ones compose. */

/** Whether a thread is of the share that is drawn: by hash of its id, so always the same ones. */
export function drawnForAudit(threadId: string, share: number): boolean {
  return stableFraction('audit-slice', threadId) < share
}

/** The threads drawn for the audit slice, as `d`. */
export function drawnThreads(db: Database): Knex.QueryBuilder {
  return db.sql('audit_slice as d')
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

/** Threads of the audit slice, as `a`. */
export function auditSlice(db: Database): Knex.QueryBuilder {
  return db.sql('audit_slice as a')
}

/** Joins the audit slice to a query over rows about threads, as `a`. */
export function joinAuditSlice(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query.join('audit_slice as a', 'a.thread_id', threadId)
}

/** A subquery for `where exists`: whether the thread that a column of the outer query names is in the audit slice. */
export function isInAuditSlice(db: Database, threadId: string): Knex.QueryBuilder {
  return auditSlice(db).where('a.thread_id', db.sql.ref(threadId)).select(db.sql.raw('1'))
}
