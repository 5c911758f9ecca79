import type { Migration } from '../../platform/database/migrate.ts'

/** The threads that an article was made from; a thread becomes one article only. */
export const articleThreads: Migration = {
  name: '0.2-article-threads',
  async up(sql) {
    await sql.schema.createTable('article_threads', (table) => {
      table.text('thread_id').primary()
      table.text('article_id').notNullable().references('articles.id').index()
      table.integer('position').notNullable()
    })
    const leads = sql('articles').whereNotNull('thread_id').select('thread_id', 'id', sql.raw('0'))
    await sql(sql.raw('article_threads (thread_id, article_id, position)')).insert(leads)
  },
  async down(sql) {
    await sql.schema.dropTable('article_threads')
  },
}
