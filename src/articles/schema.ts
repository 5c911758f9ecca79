import type { Migration } from '../platform/database/migrate.ts'

/** Articles with their immutable revisions and citations; a thread becomes one article only. */
export const articleTables: Migration = {
  name: '0.1-articles',
  async up(sql) {
    await sql.schema.createTable('articles', (table) => {
      table.text('id').primary()
      table.text('thread_id').unique()
      table.text('language').notNullable()
      table.text('confidence').notNullable()
      table.text('audience').notNullable()
      table.integer('revision').notNullable()
      table.text('title').notNullable()
      table.text('issue').notNullable()
      table.text('environment').notNullable()
      table.text('resolution').notNullable()
      table.text('cause').notNullable()
      table.text('created_at').notNullable()
      table.text('updated_at').notNullable()
      table.text('published_at')
      table.index(['updated_at', 'id'])
    })
    await sql.schema.createTable('article_revisions', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.integer('number').notNullable()
      table.text('content').notNullable()
      table.text('confidence').notNullable()
      table.text('audience').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.primary(['article_id', 'number'])
    })
    await sql.schema.createTable('article_citations', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('section').notNullable()
      table.text('post_id').notNullable().index()
      table.text('post_hash').notNullable()
      table.boolean('accepted').notNullable()
      table.text('flag')
      table.text('flagged_at')
      table.primary(['article_id', 'section', 'post_id'])
    })
    await sql.schema.createTable('article_authors', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('member_id').notNullable()
      table.primary(['article_id', 'member_id'])
    })
  },
  async down(sql) {
    for (const table of ['article_authors', 'article_citations', 'article_revisions', 'articles'])
      await sql.schema.dropTable(table)
  },
}
