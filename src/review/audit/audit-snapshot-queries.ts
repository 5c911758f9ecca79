import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over the snapshots of audited threads, which the stores of this module and of later ones compose. */

/** Joins audit snapshots, as `p`, to a query over rows about threads. */
export function joinAuditSnapshots(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query.join('audit_snapshots as p', 'p.thread_id', threadId)
}

/** The audit snapshots of a facet. */
export function auditSnapshots(db: Database, facetId: string): Knex.QueryBuilder {
  return db.sql('audit_snapshots').where({ facet_id: facetId })
}
