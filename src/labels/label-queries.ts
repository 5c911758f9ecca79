import type { Knex } from 'knex'
import type { Database } from '../platform/database/database.ts'

/** Joins facets, as `f`, to a query over rows about a facet. */
export function joinFacets(query: Knex.QueryBuilder, facetId: string): Knex.QueryBuilder {
  return query.join('facets as f', 'f.id', facetId)
}

/** Joins labels, as `l`, with their facets, as `lf`, to a query over rows that may name a label. */
export function leftJoinLabels(query: Knex.QueryBuilder, labelId: string): Knex.QueryBuilder {
  return query.leftJoin('labels as l', 'l.id', labelId).leftJoin('facets as lf', 'lf.id', 'l.facet_id')
}

/**
 * Joins the annotations that agents gave blind and nobody revoked, as `n`, with their labels, as `l`, and facets, as
 * `f`, to a query over rows about threads.
 */
export function joinBlindAnnotations(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query
    .join('annotations as n', 'n.thread_id', threadId)
    .join('labels as l', 'l.id', 'n.label_id')
    .join('facets as f', 'f.id', 'n.facet_id')
    .leftJoin('annotation_revocations as r', 'r.annotation_id', 'n.id')
    .where('n.provenance', 'agent')
    .whereRaw('n.blind')
    .whereNull('r.annotation_id')
}

/** Labels in force of a facet, as `tl`, whose annotation was given until a time. */
export function labelsGivenUntil(db: Database, facetId: string, until: string): Knex.QueryBuilder {
  return db
    .sql('thread_labels as tl')
    .join('annotations as n', 'n.id', 'tl.annotation_id')
    .where('tl.facet_id', facetId)
    .where('n.created_at', '<=', until)
}

/** Lets one process at a time work on a facet until the transaction ends. SQLite has one writer anyway. */
export async function lockFacet(db: Database, facetId: string): Promise<void> {
  if (db.dialect === 'postgres') await db.sql('facets').where({ id: facetId }).select('id').forNoKeyUpdate()
}
