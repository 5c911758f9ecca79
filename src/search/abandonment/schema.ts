import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Signs of giving up, and how often pages are read. A sign holds the words of its search itself, so that it stands without
 * the log, and its `id` is made of what the row is about: the same sign of a visit is one row a day. No time is kept, by which a
 * visit could be joined to a vote or a question that was given at it.
 */
export const abandonmentTables: Migration = {
  name: '0.2-search-abandonment',
  async up(sql) {
    await sql.schema.createTable('abandonment_signs', (table) => {
      table.text('id').primary()
      table.text('day').notNullable().index()
      table.text('sign').notNullable()
      table.text('visit').notNullable()
      table.text('audience').notNullable()
      // Empty where no page was read.
      table.text('document_id').notNullable()
      // Empty where no search led to it.
      table.text('language').notNullable()
      table.text('terms').notNullable()
      table.text('text').notNullable()
      table.index(['visit', 'day'])
    })
    await sql.schema.createTable('page_reads', (table) => {
      table.text('document_id').notNullable()
      table.text('day').notNullable().index()
      table.text('audience').notNullable()
      table.integer('reads').notNullable()
      table.primary(['document_id', 'day', 'audience'])
    })
  },
  async down(sql) {
    for (const table of ['page_reads', 'abandonment_signs']) await sql.schema.dropTable(table)
  },
}
