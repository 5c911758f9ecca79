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
