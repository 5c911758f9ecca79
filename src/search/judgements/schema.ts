import type { Migration } from '../../platform/database/migrate.ts'

/** Searches by which relevance is measured, and what people said of their results. */
export const judgementTables: Migration = {
  name: '0.2-search-judgements',
  async up(sql) {
    await sql.schema.createTable('judged_searches', (table) => {
      table.text('id').primary()
      table.text('key').notNullable()
      table.text('text').notNullable()
      table.text('language').notNullable()
      table.text('audience').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.unique(['key', 'audience'])
    })
    await sql.schema.createTable('search_judgements', (table) => {
      table.text('search_id').notNullable().references('id').inTable('judged_searches').onDelete('CASCADE')
      table.text('document_id').notNullable()
      table.boolean('answers').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('judged_at').notNullable()
      table.primary(['search_id', 'document_id'])
    })
  },
  async down(sql) {
    for (const table of ['search_judgements', 'judged_searches']) await sql.schema.dropTable(table)
  },
}
