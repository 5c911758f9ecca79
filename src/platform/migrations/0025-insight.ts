import type { Migration } from '../database/migrate.ts'

/**
 * The first prediction of each facet of a thread in the audit slice, as it was and as it would route; how often parity
 * was looked at; and what gave the alarm; learning curves.
 */
export const insightTables: Migration = {
  name: '0025-insight',
  async up(sql) {
    await sql.schema.createTable('audit_snapshots', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('label').notNullable()
      table.double('confidence').notNullable()
      table.text('decision').notNullable()
      table.text('alternatives').notNullable()
      table.integer('rule_set_version').notNullable()
      table.text('destination_kind').notNullable()
      table.text('destination_name').notNullable()
      table.text('circumstances').notNullable()
      table.boolean('may_have_learned').notNullable()
      table.text('taken_at').notNullable()
      table.primary(['thread_id', 'facet_id'])
      table.index(['facet_id', 'taken_at'])
    })
    await sql.schema.createTable('parity_looks', (table) => {
      table.text('version_id').notNullable().references('model_versions.id')
      table.integer('number').notNullable()
      table.text('basis').notNullable()
      table.integer('cases').notNullable()
      table.text('looked_at').notNullable()
      table.primary(['version_id', 'number'])
    })
    await sql.schema.createTable('insight_alerts', (table) => {
      table.text('id').primary()
      table.text('kind').notNullable()
      table.text('subject').notNullable().unique()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('audience').notNullable()
      table.text('details').notNullable()
      table.text('raised_at').notNullable()
      table.text('settled_at')
      table.index(['settled_at', 'id'])
    })
    await sql.schema.createTable('learning_curves', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.integer('labels').notNullable()
      table.text('curve').notNullable()
      table.text('measured_at').notNullable()
      table.index(['facet_id', 'measured_at'])
    })
  },
  async down(sql) {
    for (const table of ['learning_curves', 'insight_alerts', 'parity_looks', 'audit_snapshots'])
      await sql.schema.dropTable(table)
  },
}
