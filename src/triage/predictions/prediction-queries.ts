import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over predictions, which the stores of this module and of later ones compose. */

/** Current predictions, as `p`. */
export function currentPredictions(db: Database): Knex.QueryBuilder {
  return db.sql('predictions as p')
}

/**
 * A subquery for `where exists`: whether the thread that a column of the outer query names has a prediction on a facet.
 */
export function isPredicted(db: Database, threadId: string, facetId: string): Knex.QueryBuilder {
  return currentPredictions(db)
    .where({ 'p.thread_id': db.sql.ref(threadId), 'p.facet_id': facetId })
    .select(db.sql.raw('1'))
}

/** Joins predictions, as `p`, to a query over rows about threads. */
export function joinPredictions(query: Knex.QueryBuilder, threadId: string): Knex.QueryBuilder {
  return query.join('predictions as p', 'p.thread_id', threadId)
}
