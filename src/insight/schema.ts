import type { Migration } from '../platform/database/migrate.ts'

/**
 * How often parity was checked, and what raised an alert; learning curves; what a model version was trained on, in short,
 * what each day's posts are beside that, and topics that no label fits.
 */
export const insightTables: Migration = {
  name: '0.1-insight',
  async up(sql) {
    await sql.schema.createTable('parity_checks', (table) => {
      table.text('version_id').notNullable().references('model_versions.id')
      table.integer('number').notNullable()
      table.text('basis').notNullable()
      table.integer('cases').notNullable()
      table.text('checked_at').notNullable()
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
      table.text('resolved_at')
      table.index(['resolved_at', 'id'])
    })
    await sql.schema.createTable('learning_curves', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.integer('labels').notNullable()
      table.text('curve').notNullable()
      table.text('measured_at').notNullable()
      table.index(['facet_id', 'measured_at'])
    })
    await sql.schema.createTable('drift_snapshots', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.boolean('ready').notNullable()
      table.text('position')
      table.text('data').notNullable()
      table.text('updated_at').notNullable()
    })
    await sql.schema.createTable('drift_reports', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('day').notNullable()
      table.text('measured_at').notNullable()
      table.text('report').notNullable()
      table.unique(['facet_id', 'day'])
    })
    await sql.schema.createTable('topics', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('status').notNullable()
      table.text('words').notNullable()
      table.text('figures').notNullable()
      table.text('label_id').references('labels.id')
      table.text('first_seen_at').notNullable()
      table.text('last_seen_at').notNullable()
      table.text('resolved_at')
      table.text('resolved_by')
      table.index(['facet_id', 'status', 'id'])
    })
    await sql.schema.createTable('topic_posts', (table) => {
      table.text('topic_id').notNullable().references('topics.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.double('likeness').notNullable()
      table.text('added_at').notNullable()
      table.primary(['topic_id', 'thread_id'])
      table.index(['thread_id'])
    })
  },
  async down(sql) {
    for (const table of [
      'topic_posts',
      'topics',
      'drift_reports',
      'drift_snapshots',
      'learning_curves',
      'insight_alerts',
      'parity_checks',
    ])
      await sql.schema.dropTable(table)
  },
}
