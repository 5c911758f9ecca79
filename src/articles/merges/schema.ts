import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Which articles were merged into which, what each merge moved, and what the two articles were before. `into_id` refers
 * to nothing: an import may bring the one before the other.
 */
export const articleMergeTables: Migration = {
  name: '0.2-article-merges',
  async up(sql) {
    await sql.schema.createTable('article_merges', (table) => {
      table.text('article_id').primary().references('articles.id')
      table.text('into_id').notNullable().index()
      table.text('reason').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('merged_at').notNullable()
    })
    await sql.schema.createTable('article_merge_moves', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('kind').notNullable()
      table.text('moved_id').notNullable()
      table.integer('position')
      table.primary(['article_id', 'kind', 'moved_id'])
    })
    await sql.schema.createTable('article_merge_states', (table) => {
      table.text('article_id').primary().references('articles.id')
      table.text('confidence').notNullable()
      table.text('thread_id')
      table.integer('revision').notNullable()
      table.integer('into_before').notNullable()
      table.integer('into_after').notNullable()
      table.text('into_passages').notNullable()
    })
  },
  async down(sql) {
    for (const table of ['article_merge_states', 'article_merge_moves', 'article_merges'])
      await sql.schema.dropTable(table)
  },
}
