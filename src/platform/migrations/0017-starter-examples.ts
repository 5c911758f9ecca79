import type { Migration } from '../database/migrate.ts'

/** Labelled texts that come with a facet, before anyone has labelled a thread. */
export const starterExamples: Migration = {
  name: '0017-starter-examples',
  async up(sql) {
    await sql.schema.createTable('starter_examples', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id').index()
      table.text('label_id').notNullable().references('labels.id')
      table.text('text').notNullable()
    })
  },
  async down(sql) {
    await sql.schema.dropTable('starter_examples')
  },
}
