import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over measurements, which the stores of later modules compose. */

/**
 * A subquery for `where exists`: whether a label acts on a source, where both and the facet are columns of the outer query.
 */
export function isActing(
  db: Database,
  columns: { readonly facetId: string; readonly sourceId: string; readonly label: string },
): Knex.QueryBuilder {
  return db
    .sql('label_measurements as m')
    .where({
      'm.facet_id': db.sql.ref(columns.facetId),
      'm.source_id': db.sql.ref(columns.sourceId),
      'm.label': db.sql.ref(columns.label),
    })
    .whereRaw('m.acts')
    .select(db.sql.raw('1'))
}
