import type { Migration } from '../database/migrate.ts'

/** What people are asked because labels disagree: second opinions, doubts, conflicts, and what rulings taught. */
export const disagreement: Migration = {
  name: '0023-disagreement',
  async up(sql) {
    await sql.schema.createTable('label_guidelines', (table) => {
      table.text('id').primary()
      table.text('label_id').notNullable().references('labels.id').index()
      table.text('text').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('guideline_rulings', (table) => {
      table.text('guideline_id').notNullable().references('label_guidelines.id')
      table.text('annotation_id').notNullable().references('annotations.id')
      table.primary(['guideline_id', 'annotation_id'])
    })
    await sql.schema.createTable('second_opinions', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('asked_at').notNullable()
      table.primary(['facet_id', 'thread_id'])
    })
    await sql.schema.createTable('label_doubts', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('kind').notNullable()
      table.text('other_id').notNullable()
      table.text('annotation_id').notNullable()
      table.text('likely').notNullable()
      table.double('score').notNullable()
      table.primary(['facet_id', 'thread_id', 'kind', 'other_id'])
      table.index(['facet_id', 'other_id'])
    })
    await sql.schema.createTable('doubt_searches', (table) => {
      table.text('facet_id').primary().references('facets.id')
      table.text('searched_at').notNullable()
      table.integer('examples').notNullable()
      table.double('errors').notNullable()
    })
    await sql.schema.createTable('conflicts', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.integer('weight').notNullable()
      table.text('opened_at').notNullable()
      table.text('closed_at')
      table.text('outcome')
      table.text('ruling_id')
      table.index(['facet_id', 'thread_id'])
      table.index(['closed_at', 'weight', 'id'])
    })
    await sql.raw(
      'create unique index conflicts_open on conflicts (facet_id, thread_id) where closed_at is null',
    )
    await sql.schema.createTable('conflict_grounds', (table) => {
      table.text('conflict_id').notNullable().references('conflicts.id')
      table.text('kind').notNullable()
      table.text('other_id').notNullable()
      table.text('likely').notNullable()
      table.double('score').notNullable()
      table.primary(['conflict_id', 'kind', 'other_id'])
    })
  },
  async down(sql) {
    const tables = ['conflict_grounds', 'conflicts', 'doubt_searches', 'label_doubts', 'second_opinions']
    for (const table of [...tables, 'guideline_rulings', 'label_guidelines'])
      await sql.schema.dropTable(table)
  },
}
