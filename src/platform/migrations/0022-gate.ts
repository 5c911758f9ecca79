import type { Knex } from 'knex'
import type { Migration } from '../database/migrate.ts'

/**
 * What the gate compares versions by: what each said of its examples out of fold. Reports say on what a version was
 * judged, and beside what other; a facet may require parity of languages.
 */
export const gateTables: Migration = {
  name: '0022-gate',
  async up(sql) {
    await sql.schema.createTable('out_of_fold_predictions', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.binary('bytes').notNullable()
    })
    await sql.schema.alterTable('facets', (table) => {
      table.boolean('require_parity').notNullable().defaultTo(false)
    })
    await rewriteHoldOuts(sql, ({ active, ...holdOut }) => ({
      ...holdOut,
      basis: 'held-out',
      ...(active && { compared: { ...versionOf(active), candidate: holdOut.candidate } }),
    }))

    function versionOf({ version, ...figures }: Loose): Loose {
      return { version, active: figures }
    }
  },
  async down(sql) {
    await rewriteHoldOuts(sql, ({ basis: _, compared, ...holdOut }) => ({
      ...holdOut,
      ...(compared && { active: { ...compared.active, version: compared.version } }),
    }))
    await sql.raw('alter table facets drop column require_parity')
    await sql.schema.dropTable('out_of_fold_predictions')
  },
}

/** A report as it was stored, of whatever release. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of several releases, of which only some keys are touched.
type Loose = Record<string, any>

async function rewriteHoldOuts(sql: Knex, change: (holdOut: Loose) => Loose): Promise<void> {
  const rows: { id: string; report: string }[] = await sql('model_versions').select('id', 'report')
  for (const { id, report } of rows) {
    const { holdOut, ...rest } = JSON.parse(report) as { holdOut?: Loose }
    if (holdOut === undefined) continue
    await sql('model_versions')
      .where({ id })
      .update({ report: JSON.stringify({ ...rest, holdOut: change(holdOut) }) })
  }
}
