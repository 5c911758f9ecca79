import { addCounter, removeCounter } from '../../platform/database/change-counters.ts'
import type { Migration } from '../../platform/database/migrate.ts'

const COUNTED = [{ table: 'synonym_versions' }]

/**
 * Synonyms: each version that was saved, and the entries with the versions that added and removed them, so that every
 * version can be read. Which document says in another language what another one says, from whose titles some are
 * proposed.
 */
export const synonymTables: Migration = {
  name: '0.2-synonyms',
  async up(sql) {
    await sql.schema.createTable('synonym_versions', (table) => {
      table.integer('version').primary()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.integer('restored_from')
      table.integer('entries').notNullable()
      table.integer('added').notNullable()
      table.integer('removed').notNullable()
    })
    await sql.schema.createTable('synonym_entries', (table) => {
      table.integer('id').primary()
      table.text('key').notNullable()
      table.text('line').notNullable()
      table.integer('added_in').notNullable().index()
      table.integer('removed_in').index()
    })
    await sql.schema.createTable('declined_synonyms', (table) => {
      table.text('key').primary()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('at').notNullable()
    })
    await sql.schema.createTable('search_translations', (table) => {
      table.text('document_id').primary()
      table.text('original_id').notNullable().index()
    })
    await addCounter(sql, 'synonyms', COUNTED)
  },
  async down(sql) {
    await removeCounter(sql, 'synonyms', COUNTED)
    for (const table of ['search_translations', 'declined_synonyms', 'synonym_entries', 'synonym_versions'])
      await sql.schema.dropTable(table)
  },
}
