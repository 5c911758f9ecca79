import type { Migration } from '../../platform/database/migrate.ts'

/** Personal data that somebody let stand in an article, with the reason; a hash says which, never the data. */
export const waiverTable: Migration = {
  name: '0.2-articles-waivers',
  async up(sql) {
    await sql.schema.createTable('article_waivers', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('finding').notNullable()
      table.text('reason').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('waived_at').notNullable()
      table.primary(['article_id', 'finding'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('article_waivers')
  },
}
