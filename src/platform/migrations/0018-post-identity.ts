import type { Migration } from '../database/migrate.ts'

/**
 * A post's id is made of its source and its id there, so that its primary key alone keeps the two unique; a second
 * index over them cost an import a sixth of its time.
 */
export const postIdentity: Migration = {
  name: '0018-post-identity',
  async up(sql) {
    await sql.schema.alterTable('posts', (table) => {
      table.dropUnique(['source_id', 'external_id'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('posts', (table) => {
      table.unique(['source_id', 'external_id'])
    })
  },
}
