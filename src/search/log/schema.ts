import type { Migration } from '../../platform/database/migrate.ts'

/**
 * What was searched for, a row for each day, visit and words, and what was opened of it. `id` is made of what the row
 * is about, so that counting needs no reading first. The row lock of the `searches` sequence puts writers one after the
 * other, so that they count together how many a day has.
 */
export const searchLogTables: Migration = {
  name: '0.2-search-log',
  async up(sql) {
    await sql.schema.createTable('searches', (table) => {
      table.text('id').primary()
      table.text('day').notNullable().index()
      // Empty where nobody says which searches are of one visit.
      table.text('visit').notNullable()
      table.text('audience').notNullable()
      table.text('language').notNullable()
      table.text('terms').notNullable()
      table.text('text').notNullable()
      table.text('asked_at').notNullable()
      table.integer('count').notNullable()
      // How often no article was found.
      table.integer('failed').notNullable()
      // Of the last time.
      table.integer('found').notNullable()
      table.text('shown').notNullable()
      // What the same visit asked instead.
      table.text('followed_by')
      table.index(['visit', 'asked_at'])
      table.index(['language', 'terms'])
    })
    await sql.schema.createTable('search_openings', (table) => {
      table.text('search_id').notNullable().references('searches.id').onDelete('cascade')
      table.text('document_id').notNullable().index()
      table.text('opened_at').notNullable()
      table.boolean('solved')
      table.primary(['search_id', 'document_id'])
    })
    await sql('sequences').insert({ name: 'searches', value: 0 })
  },
  async down(sql) {
    await sql.schema.dropTable('search_openings')
    await sql.schema.dropTable('searches')
    await sql('sequences').where({ name: 'searches' }).delete()
    await sql('jobs').where({ type: 'search.forget-searches' }).delete()
  },
}
