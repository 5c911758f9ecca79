import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over misroutes, which the stores of this module and of later ones compose. */

/** Reported misroutes, as `m`, resolved ones too. */
export function misroutes(db: Database): Knex.QueryBuilder {
  return db.sql('misroutes as m')
}

/** Keeps misroutes, as `m`, that concern a facet: those from before facets were kept concern each. */
export function concerning(query: Knex.QueryBuilder, facetId: string): Knex.QueryBuilder {
  return query.where((one) => one.where('m.facet_id', facetId).orWhereNull('m.facet_id'))
}
