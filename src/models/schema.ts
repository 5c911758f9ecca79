import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/**
 * Model versions with their artefacts and held-out predictions, by which the gate compares them; the database admits
 * one active version a facet. `labels_read_at` is when a version began to read its labels: what was drawn for the audit
 * slice later may have been learned from.
 */
export const modelTables: Migration = {
  name: '0.1-models',
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
      table.text('labels_read_at').notNullable()
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
    await sql.schema.createTable('held_out_predictions', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.binary('bytes').notNullable()
    })
    await sql.schema.createTable('audit_slice', (table) => {
      table.text('thread_id').primary().references('threads.id')
      table.text('drawn_at').notNullable()
    })
  },
  async down(sql) {
    for (const table of [
      'audit_slice',
      'held_out_predictions',
      'artefact_files',
      'training_leases',
      'model_versions',
    ])
      await sql.schema.dropTable(table)
  },
}

const VERSION_CHANGES: readonly CountedTable[] = [{ table: 'model_versions' }]

/** Counts changes of which model version predicts each facet. */
export const versionCounter: Migration = {
  name: '0.2-models-version-counter',
  up: (sql) => addCounter(sql, 'models', VERSION_CHANGES),
  down: (sql) => removeCounter(sql, 'models', VERSION_CHANGES),
}
