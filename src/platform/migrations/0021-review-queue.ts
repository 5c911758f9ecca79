import type { Knex } from 'knex'
import type { Migration } from '../database/migrate.ts'

const columns = ['second', 'margin', 'entropy'] as const

/**
 * How unsure a prediction is, kept beside it so that the least sure of a hundred thousand are found by an index, and who
 * was handed what of the review queue until when.
 */
export const reviewQueueTables: Migration = {
  name: '0021-review-queue',
  async up(sql) {
    await sql.schema.alterTable('predictions', (table) => {
      table.text('second')
      table.double('margin').notNullable().defaultTo(0)
      table.double('entropy').notNullable().defaultTo(0)
      table.index(['facet_id', 'label', 'margin'])
      table.index(['facet_id', 'margin'])
      table.index(['facet_id', 'entropy'])
    })
    await fillIn(sql)
    await sql.schema.createTable('review_claims', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('holder').notNullable()
      table.text('why').notNullable()
      table.text('claimed_at').notNullable()
      table.integer('place').notNullable()
      table.text('claimed_until').notNullable()
      table.primary(['facet_id', 'thread_id'])
      table.index(['facet_id', 'holder', 'claimed_at'])
      table.index(['claimed_until'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('review_claims')
    await sql.schema.alterTable('predictions', (table) => {
      table.dropIndex(['facet_id', 'entropy'])
      table.dropIndex(['facet_id', 'margin'])
      table.dropIndex(['facet_id', 'label', 'margin'])
    })
    for (const column of columns) await sql.raw(`alter table predictions drop column ${column}`)
  },
}

async function fillIn(sql: Knex): Promise<void> {
  await sql('predictions').select(1)
}
