import type { Migration } from '../database/migrate.ts'

/** How alike the questions of two linked threads are, where that is why they are linked. */
export const nearDuplicates: Migration = {
  name: '0014-near-duplicates',
  async up(sql) {
    await sql.schema.alterTable('thread_links', (table) => {
      table.double('likeness')
    })
  },
  async down(sql) {
    await sql('thread_links').where({ kind: 'near-duplicate' }).delete()
    await sql.schema.alterTable('thread_links', (table) => {
      table.dropColumn('likeness')
    })
  },
}
