import type { Migration } from '../database/migrate.ts'

/** Annotations are append-only; `thread_labels` is what they add up to, kept in the same transactions. */
export const labelTables: Migration = {
  name: '0004-labels',
  async up(sql) {
    await sql.schema.createTable('facets', (table) => {
      table.text('id').primary()
      table.text('name').notNullable().unique()
      table.text('description').notNullable()
      table.double('risk_budget').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('labels', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('name').notNullable()
      table.text('description').notNullable()
      table.text('created_at').notNullable()
      table.unique(['facet_id', 'name'])
    })
    await sql.schema.createTable('annotations', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.integer('position').notNullable()
      table.text('label_id').notNullable().references('labels.id')
      table.text('provenance').notNullable()
      table.boolean('blind').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('note')
      table.text('created_at').notNullable()
      table.unique(['thread_id', 'facet_id', 'position'])
      table.index(['facet_id', 'provenance'])
    })
    await sql.schema.createTable('annotation_revocations', (table) => {
      table.text('annotation_id').primary().references('annotations.id')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('thread_labels', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('label_id').notNullable().references('labels.id')
      table.text('annotation_id').notNullable().references('annotations.id')
      table.text('provenance').notNullable()
      table.primary(['thread_id', 'facet_id'])
      table.index(['facet_id', 'label_id'])
    })
  },
  async down(sql) {
    for (const table of ['thread_labels', 'annotation_revocations', 'annotations', 'labels', 'facets'])
      await sql.schema.dropTable(table)
  },
}
