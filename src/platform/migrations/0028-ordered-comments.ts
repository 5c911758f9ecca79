import type { Migration } from '../database/migrate.ts'

/**
 * In which sources an id follows the number behind a prefix too (`comment-7`): a dump's comments are a third of its
 * posts, and each wrote a page of an index by itself. Sources that are there keep the ids they have.
 */
export const orderedComments: Migration = {
  name: '0028-ordered-comments',
  async up(sql) {
    await sql.schema.alterTable('sources', (table) => {
      table.boolean('ordered_prefixed').notNullable().defaultTo(false)
    })
  },
  async down(sql) {
    // As SQLite does it by itself: knex would make the table anew, which others refer to.
    await sql.raw('alter table sources drop column ordered_prefixed')
  },
}
