import type { Migration } from '../database/migrate.ts'

/** Which sources have ids that follow the order of their own; those that are there keep the ids they have. */
export const orderedIds: Migration = {
  name: '0019-ordered-ids',
  async up(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.boolean('ordered_ids').notNullable().defaultTo(false)
    })
  },
  async down(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.dropColumn('ordered_ids')
    })
  },
}
