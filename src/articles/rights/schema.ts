import type { Migration } from '../../platform/database/migrate.ts'

/** Who began an article; how categories are governed, who owns them, and who approved which revision. */
export const rightsTables: Migration = {
  name: '0.2-articles-rights',
  async up(sql) {
    await sql.schema.alterTable('articles', (table) => {
      table.text('created_by')
    })
    await sql('articles').update({
      created_by: sql('article_revisions')
        .where({ article_id: sql.ref('articles.id'), number: 1 })
        .select('actor_id'),
    })
    await sql.schema.createTable('article_categories', (table) => {
      table.text('label').primary()
      table.text('governance').notNullable()
      table.text('owner_id').references('accounts.id')
    })
    await sql.schema.createTable('article_approvals', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.integer('revision').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('approved_at').notNullable()
      table.primary(['article_id', 'revision'])
    })
  },
  async down(sql) {
    for (const table of ['article_approvals', 'article_categories']) await sql.schema.dropTable(table)
    await sql.raw('alter table articles drop column created_by')
  },
}
