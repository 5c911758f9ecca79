import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/** What pages of articles are made of. How often an article was used is not among it: pages would be kept for no time. */
const PAGE_CHANGES: readonly CountedTable[] = [
  {
    table: 'articles',
    columns: ['language', 'confidence', 'audience', 'revision', 'title', 'issue', 'resolution'],
  },
  { table: 'article_settings' },
  { table: 'article_authors' },
  { table: 'article_origins' },
  { table: 'article_translations' },
  { table: 'article_checks' },
  { table: 'help_centre_settings' },
]

/** What a company decided about its help centre, links to previews of articles, and a counter under which pages are kept. */
export const helpCentreTables: Migration = {
  name: '0.2-help-centre',
  async up(sql) {
    await sql.schema.createTable('help_centre_settings', (table) => {
      table.text('name').primary()
      table.text('value').notNullable()
      table.integer('version').notNullable()
    })
    await sql.schema.createTable('help_centre_previews', (table) => {
      table.text('id').primary()
      table.text('secret_hash').notNullable()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.text('expires_at').notNullable()
      table.text('revoked_at')
    })
    await addCounter(sql, 'help_pages', PAGE_CHANGES)
  },
  async down(sql) {
    await removeCounter(sql, 'help_pages', PAGE_CHANGES)
    for (const table of ['help_centre_previews', 'help_centre_settings']) await sql.schema.dropTable(table)
  },
}
