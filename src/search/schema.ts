import { randomUUID } from 'node:crypto'
import type { Migration } from '../platform/database/migrate.ts'

/**
 * What is searchable; `seq` comes from the `search` sequence, whose row lock puts commits in its order.
 * `search_identity` distinguishes a snapshot of this database from another's.
 */
export const searchTables: Migration = {
  name: '0.1-search',
  async up(sql) {
    await sql.schema.createTable('search_documents', (table) => {
      table.text('id').primary()
      table.text('kind').notNullable()
      table.text('language').notNullable()
      table.text('audience').notNullable()
      table.text('title').notNullable()
      table.text('issue').notNullable()
      table.text('body').notNullable()
      table.text('tags').notNullable()
      table.text('category')
      table.text('source')
      table.text('updated_at').notNullable()
      table.boolean('deleted').notNullable()
      table.bigInteger('seq').notNullable().unique()
    })
    await sql('sequences').insert({ name: 'search', value: 0 })
    await sql.schema.createTable('search_identity', (table) => {
      table.text('id').primary()
    })
    await sql('search_identity').insert({ id: randomUUID() })
  },
  async down(sql) {
    for (const table of ['search_identity', 'search_documents']) await sql.schema.dropTable(table)
    await sql('sequences').where({ name: 'search' }).delete()
  },
}

/** The thread that an article was made from, with which it is locked. */
export const articlesByThread: Migration = {
  name: '0.2-search-articles-by-thread',
  async up(sql) {
    await sql.schema.alterTable('search_documents', (table) => {
      table.text('thread_id').index()
    })
  },
  async down(sql) {
    await sql.schema.alterTable('search_documents', (table) => {
      table.dropColumn('thread_id')
    })
  },
}
