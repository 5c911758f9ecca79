import type { Migration } from '../../platform/database/migrate.ts'

/** What people decided on gaps, by the words of what was asked: that no article is wanted, or which one answers. */
export const gapTable: Migration = {
  name: '0.2-search-gaps',
  async up(sql) {
    await sql.schema.createTable('search_gap_decisions', (table) => {
      table.text('id').primary()
      table.text('decision').notNullable()
      table.text('article_id').references('articles.id')
      table.text('reason')
      table.text('note')
      table.text('audience').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('decided_at').notNullable()
    })
  },
  async down(sql) {
    await sql.schema.dropTable('search_gap_decisions')
  },
}
