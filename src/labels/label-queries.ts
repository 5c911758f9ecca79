import type { Knex } from 'knex'
import type { Database } from '../platform/database/database.ts'
import type { Provenance } from './annotation.ts'

/** Parts of queries over labels and annotations, which the stores of this module and later modules compose. */

/** Annotations that are not revoked, as `a`. */
export function validAnnotations(db: Database): Knex.QueryBuilder {
  return withoutRevoked(db.sql('annotations as a'))
}

/** Leaves out revoked annotations of a query over annotations, as `a`. */
export function withoutRevoked(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query.leftJoin('annotation_revocations as r', 'r.annotation_id', 'a.id').whereNull('r.annotation_id')
}

/** Labels in force on a facet, as `g`. */
export function labelsInForce(db: Database, facetId: string): Knex.QueryBuilder {
  return db.sql('thread_labels as g').where('g.facet_id', facetId)
}

/**
 * A subquery for `where exists`: whether the thread that a column of the outer query names has a label in force on a
 * facet.
 *
 * @param provenances only labels of these provenances; all by default
 */
export function isLabelled(
  db: Database,
  threadId: string,
  facetId: string,
  provenances?: readonly Provenance[],
): Knex.QueryBuilder {
  const query = labelsInForce(db, facetId).where('g.thread_id', db.sql.ref(threadId)).select(db.sql.raw('1'))
  if (provenances !== undefined) query.whereIn('g.provenance', provenances)
  return query
}

/** A subquery for `where exists`: whether the thread that a column names has one of these labels in force on a facet. */
export function hasLabel(
  db: Database,
  threadId: string,
  facetId: string,
  labelIds: readonly string[],
): Knex.QueryBuilder {
  return isLabelled(db, threadId, facetId).whereIn('g.label_id', labelIds)
}

/** The threads, as `id`, that have one of these labels in force on a facet. */
export function threadsWithLabel(
  db: Database,
  facetId: string,
  labelIds: readonly string[],
): Knex.QueryBuilder {
  return labelsInForce(db, facetId).whereIn('g.label_id', labelIds).select('g.thread_id as id')
}

/** Joins the label that a column names, as `l`. */
export function joinLabels(query: Knex.QueryBuilder, labelId: string): Knex.QueryBuilder {
  return query.join('labels as l', 'l.id', labelId)
}

/** Joins the facet that a column names, as `f`. */
export function joinFacets(query: Knex.QueryBuilder, facetId: string): Knex.QueryBuilder {
  return query.join('facets as f', 'f.id', facetId)
}

/** Joins the facet that a column may name, as `f`. */
export function leftJoinFacets(query: Knex.QueryBuilder, facetId: string): Knex.QueryBuilder {
  return query.leftJoin('facets as f', 'f.id', facetId)
}

/** Locks a facet until the transaction in progress ends. On SQLite a transaction is the only writer already. */
export async function lockFacet(db: Database, facetId: string): Promise<void> {
  if (db.dialect === 'postgres') await db.sql('facets').where({ id: facetId }).select('id').forNoKeyUpdate()
}

/**
 * Joins the labels in force on a facet of two threads that columns name, as `a` and `b`, to a query over pairs of threads;
 * keeps pairs whose labels differ.
 */
export function joinDifferingLabels(
  pairs: Knex.QueryBuilder,
  { facetId, one, other }: { readonly facetId: string; readonly one: string; readonly other: string },
): Knex.QueryBuilder {
  return pairs
    .join('thread_labels as a', 'a.thread_id', one)
    .join('thread_labels as b', 'b.thread_id', other)
    .where({ 'a.facet_id': facetId, 'b.facet_id': facetId })
    .whereRaw('a.label_id <> b.label_id')
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
