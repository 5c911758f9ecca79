import type { Migration } from '../../platform/database/migrate.ts'

/** What the company decided for all articles, one value a name. */
export const settingsTable: Migration = {
  name: '0.2-articles-settings',
  async up(sql) {
    await sql.schema.createTable('article_settings', (table) => {
      table.text('name').primary()
      table.text('value').notNullable()
    })
  },
  async down(sql) {
    await sql.schema.dropTable('article_settings')
  },
}
