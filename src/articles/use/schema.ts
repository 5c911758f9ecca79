import type { Migration } from '../../platform/database/migrate.ts'

/** What came of using articles: problems that people reported, what articles were used for, and what readers say. */
export const useTables: Migration = {
  name: '0.2-articles-use',
  async up(sql) {
    await sql.schema.createTable('article_reports', (table) => {
      table.text('id').primary()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('passage_id')
      table.text('comment').notNullable()
      table.text('category')
      table.text('origin').notNullable()
      table.text('audience').notNullable()
      table.text('actor_id')
      table.text('actor_name')
      table.text('reported_at').notNullable()
      table.text('due_at').notNullable()
      table.text('outcome')
      table.text('note')
      table.text('closed_by_id')
      table.text('closed_by_name')
      table.text('closed_at')
      table.index(['closed_at', 'due_at', 'id'])
      table.index(['closed_at', 'id'])
    })
    await sql.schema.createTable('article_uses', (table) => {
      table.text('id').primary()
      table.text('article_id').notNullable().references('articles.id')
      table.text('kind').notNullable()
      table.text('reference').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('used_at').notNullable()
      table.unique(['article_id', 'kind', 'reference'])
      table.index(['article_id', 'used_at'])
    })
    await sql.schema.createTable('article_feedback', (table) => {
      table.text('id').primary()
      table.text('article_id').notNullable().references('articles.id')
      table.boolean('solved').notNullable()
      table.text('comment')
      table.text('reader_id')
      table.text('day').notNullable()
      table.text('given_at').notNullable()
      table.text('report_id').references('article_reports.id')
      // Without a reader, any number a day.
      table.unique(['article_id', 'reader_id', 'day'])
      table.index(['article_id', 'solved'])
    })
    await sql.schema.alterTable('articles', (table) => {
      table.integer('uses').notNullable().defaultTo(0)
      table.index(['uses', 'id'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('articles', (table) => {
      table.dropIndex(['uses', 'id'])
    })
    await sql.raw('alter table articles drop column uses')
    for (const table of ['article_feedback', 'article_uses', 'article_reports'])
      await sql.schema.dropTable(table)
  },
}

/** What was used to answer a thread is found by the thread. */
export const usesByReference: Migration = {
  name: '0.2-articles-uses-by-reference',
  async up(sql) {
    await sql.schema.alterTable('article_uses', (table) => {
      table.index(['reference'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('article_uses', (table) => {
      table.dropIndex(['reference'])
    })
  },
}
