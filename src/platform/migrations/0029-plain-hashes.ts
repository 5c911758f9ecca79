import type { Migration } from '../database/migrate.ts'

/**
 * In which sources a post's fingerprint is of its body as it is, and not of the body in JSON, which took longer to
 * write than all the rest to hash. Sources that are there keep the fingerprints they have, else every one of their
 * posts would count as changed.
 */
export const plainHashes: Migration = {
  name: '0029-plain-hashes',
  async up(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.boolean('plain_hashes').notNullable().defaultTo(false)
    })
  },
  async down(sql) {
    // As SQLite does it by itself: knex would make the table anew, which others refer to.
    await sql.raw('alter table sources drop column plain_hashes')
  },
}
