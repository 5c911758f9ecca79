import type { Migration } from '../../platform/database/migrate.ts'

/** How often each article was read outside the workbench, by day, and since when that is counted. */
export const readTable: Migration = {
  name: '0.2-article-reads',
  async up(sql) {
    await sql.schema.createTable('article_reads', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('day').notNullable()
      table.integer('reads').notNullable()
      table.primary(['article_id', 'day'])
    })
    const value = new Date().toISOString()
    await sql('article_settings').insert({ name: 'reads-since', value })
  },
  async down(sql) {
    await sql('article_settings').where({ name: 'reads-since' }).delete()
    await sql.schema.dropTable('article_reads')
  },
}
