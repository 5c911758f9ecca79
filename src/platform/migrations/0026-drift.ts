import type { Migration } from '../database/migrate.ts'
import { newId } from '../ids.ts'

/**
 * What a model version was trained on, in short; what each day's posts are beside that; and topics that no label
 * fits. Where models are in force already, the first day is due at once: nothing else would begin it.
 */
export const driftTables: Migration = {
  name: '0026-drift',
  async up(sql) {
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
      table.text('settled_at')
      table.text('settled_by')
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
    const inForce = await sql('model_versions').where({ status: 'active' }).first('id')
    if (inForce !== undefined) await sql('jobs').insert(firstDay(new Date()))
  },
  async down(sql) {
    await sql('jobs')
      .whereIn('type', ['insight.drift-daily', 'insight.measure-drift', 'insight.take-snapshot'])
      .delete()
    for (const table of ['topic_posts', 'topics', 'drift_reports', 'drift_snapshots'])
      await sql.schema.dropTable(table)
  },
}

function firstDay(now: Date) {
  return {
    id: newId('job', now),
    type: 'insight.drift-daily',
    payload: '{}',
    status: 'queued',
    dedupe_key: 'insight.drift-daily',
    run_at: now.toISOString(),
    attempts: 0,
    created_at: now.toISOString(),
  }
}
