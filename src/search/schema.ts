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

/** The threads that an article was made from: it is locked with any of them. */
export const documentThreads: Migration = {
  name: '0.2-search-document-threads',
  async up(sql) {
    await sql.schema.createTable('search_document_threads', (table) => {
      table.text('document_id').notNullable()
      table.text('thread_id').notNullable().index()
      table.primary(['document_id', 'thread_id'])
    })
    const known = sql('search_documents').whereNotNull('thread_id').select('id', 'thread_id')
    await sql(sql.raw('search_document_threads (document_id, thread_id)')).insert(known)
    await sql.schema.alterTable('search_documents', (table) => {
      table.dropIndex('thread_id')
    })
    await sql.raw('alter table search_documents drop column ??', ['thread_id'])
  },
  async down(sql) {
    await sql.schema.alterTable('search_documents', (table) => {
      table.text('thread_id').index()
    })
    await sql('search_documents').update({
      thread_id: sql('search_document_threads as d')
        .where('d.document_id', sql.ref('search_documents.id'))
        .min('d.thread_id'),
    })
    await sql.schema.dropTable('search_document_threads')
  },
}

/** What people called an article, by which it is found. */
export const documentPhrasings: Migration = {
  name: '0.2-search-phrasings',
  async up(sql) {
    await sql.schema.alterTable('search_documents', (table) => {
      table.text('phrasings').notNullable().defaultTo('[]')
    })
  },
  async down(sql) {
    await sql.raw('alter table search_documents drop column phrasings')
  },
}
