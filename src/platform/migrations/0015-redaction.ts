import type { Migration } from '../database/migrate.ts'

/** Whether personal data is taken out of a source's texts before they are stored. */
export const redaction: Migration = {
  name: '0015-redaction',
  async up(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.boolean('redact').notNullable().defaultTo(false)
    })
  },
  async down(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.dropColumn('redact')
    })
  },
}
