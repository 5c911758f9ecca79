import type { Migration } from '../database/migrate.ts'

/** How far a source was read by API: written in the transaction that keeps what was read. */
export const importCursorTables: Migration = {
  name: '0016-import-cursors',
  async up(sql) {
    await sql.schema.createTable('import_cursors', (table) => {
      table.text('source_id').notNullable().references('sources.id').onDelete('CASCADE')
      table.text('name').notNullable()
      table.text('cursor').notNullable()
      table.text('updated_at').notNullable()
      table.primary(['source_id', 'name'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('import_cursors')
  },
}
