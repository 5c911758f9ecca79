import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../access/audience.ts'
import type { Database } from '../platform/database/database.ts'

/** Sources whose audience a reader belongs to, as `s`. */
export function readableSources(db: Database, reader: Audience): Knex.QueryBuilder {
  return db.sql('sources as s').whereIn('s.audience', visibleTo(reader))
}

/** Joins the sources that a reader may see, as `s`, to a query over rows with a `source_id`. */
export function joinReadableSources(
  query: Knex.QueryBuilder,
  sourceId: string,
  reader: Audience,
): Knex.QueryBuilder {
  return query.join('sources as s', 's.id', sourceId).whereIn('s.audience', visibleTo(reader))
}
