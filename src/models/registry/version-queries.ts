import type { Knex } from 'knex'
import type { Database } from '../../platform/database/database.ts'

/** Parts of queries over model versions, which the stores of this module and of later ones compose. */

/** Joins model versions, as `v`, to a query over rows about a version. */
export function joinVersions(query: Knex.QueryBuilder, versionId: string): Knex.QueryBuilder {
  return query.join('model_versions as v', 'v.id', versionId)
}

/** Ids of the active versions, for use inside a query. */
export function activeVersionIds(db: Database): Knex.QueryBuilder {
  return db.sql('model_versions').where({ status: 'active' }).select('id')
}

/** Those of these model versions that are active. */
export async function activeAmong(db: Database, versionIds: readonly string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await db
    .sql('model_versions')
    .whereIn('id', versionIds)
    .where({ status: 'active' })
    .select('id')
  return new Set(rows.map(({ id }) => id))
}

/** Ids of versions since whose training another version of their facet was trained or activated, for use inside a query. */
export function overtakenVersionIds(db: Database): Knex.QueryBuilder {
  const { sql } = db
  return sql('model_versions as o')
    .whereExists(
      sql('model_versions as w')
        .where('w.facet_id', sql.ref('o.facet_id'))
        .where((later) =>
          later
            .where('w.number', '>', sql.ref('o.number'))
            .orWhere('w.activated_at', '>=', sql.ref('o.created_at')),
        )
        .select(sql.raw('1')),
    )
    .select('o.id')
}
