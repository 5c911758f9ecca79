import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over misroutes, which the stores of this module and of later ones compose. */

/** Reported misroutes, as `m`, resolved ones too. */
export function misroutes(db: Database): Knex.QueryBuilder {
  return db.sql('misroutes as m')
}
