import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Checklists of coaching (each version a row), what coaches said of articles in the sample of a month, and of links. A
 * link's judgement outlives the use that it is about, which may be taken back.
 */
export const articleCoachingTables: Migration = {
  name: '0.2-article-coaching',
  async up(sql) {
    await sql.schema.createTable('article_coaching_settings', (table) => {
      table.integer('version').primary()
      table.text('settings').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('at').notNullable()
    })
    await sql.schema.createTable('article_coaching_scores', (table) => {
      table.text('month').notNullable()
      table.text('author_id').notNullable()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('author_name').notNullable()
      table.integer('revision').notNullable()
      table.text('category')
      table.integer('checklist').notNullable()
      table.text('answers').notNullable()
      table.double('share').notNullable()
      table.text('coach_id').notNullable()
      table.text('coach_name').notNullable()
      table.text('scored_at').notNullable()
      table.primary(['month', 'author_id', 'article_id'])
      table.index(['author_id', 'month', 'article_id'])
    })
    await sql.schema.createTable('article_coaching_links', (table) => {
      table.text('month').notNullable()
      table.text('use_id').notNullable()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('judgement').notNullable()
      table.text('coach_id').notNullable()
      table.text('coach_name').notNullable()
      table.text('judged_at').notNullable()
      table.primary(['month', 'use_id'])
    })
    await sql.schema.alterTable('article_revisions', (table) => {
      table.index(['created_at', 'article_id'])
    })
    await sql.schema.alterTable('article_uses', (table) => {
      table.index(['used_at', 'id'])
      table.index(['kind', 'reference'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('article_uses', (table) => {
      table.dropIndex(['kind', 'reference'])
      table.dropIndex(['used_at', 'id'])
    })
    await sql.schema.alterTable('article_revisions', (table) => {
      table.dropIndex(['created_at', 'article_id'])
    })
    for (const table of ['article_coaching_links', 'article_coaching_scores', 'article_coaching_settings'])
      await sql.schema.dropTable(table)
  },
}
