import type { Knex } from 'knex'

/**
 * Whether a version may have learned from a thread of the audit slice: it was drawn when the version had begun to read
 * its labels, and labelled before the version was made.
 *
 * @param as the tables that hold the draw, the version and what it said of the thread, as the query calls them
 */
export function perhapsLearned(
  sql: Knex,
  as: { readonly draw: string; readonly version: string; readonly prediction: string },
): Knex.Raw {
  const labelled = sql('annotations as n')
    .where('n.thread_id', sql.ref(`${as.prediction}.thread_id`))
    .where('n.facet_id', sql.ref(`${as.prediction}.facet_id`))
    .where('n.created_at', '<=', sql.ref(`${as.version}.created_at`))
    .select(sql.raw('1'))
  return sql.raw('(?? >= ?? and exists ?)', [`${as.draw}.drawn_at`, `${as.version}.labels_read_at`, labelled])
}
