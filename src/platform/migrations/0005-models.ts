import type { Migration } from '../database/migrate.ts'

/** Model versions and their artefacts; the database admits one active version a facet. */
export const modelTables: Migration = {
  name: '0005-models',
  async up(sql) {
    await sql.schema.createTable('model_versions', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.integer('number').notNullable()
      table.text('status').notNullable()
      table.text('parent_id')
      table.text('artefact_hash').notNullable()
      table.text('report').notNullable()
      table.text('reason').notNullable()
      table.integer('annotations_seen').notNullable()
      table.text('created_at').notNullable()
      table.text('activated_at')
      table.text('retired_at')
      table.unique(['facet_id', 'number'])
    })
    await sql.raw(
      "create unique index model_versions_active on model_versions (facet_id) where status = 'active'",
    )
    await sql.schema.createTable('training_leases', (table) => {
      table.text('facet_id').primary().references('facets.id')
      table.text('holder').notNullable()
      table.text('leased_until').notNullable()
    })
    await sql.schema.createTable('artefact_files', (table) => {
      table.text('artefact_hash').notNullable()
      table.text('name').notNullable()
      table.integer('part').notNullable()
      table.binary('bytes').notNullable()
      table.primary(['artefact_hash', 'name', 'part'])
    })
  },
  async down(sql) {
    for (const table of ['artefact_files', 'training_leases', 'model_versions'])
      await sql.schema.dropTable(table)
  },
}
