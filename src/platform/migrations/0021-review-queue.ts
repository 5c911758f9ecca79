import type { Knex } from 'knex'
import type { Migration } from '../database/migrate.ts'

/**
 * How unsure a prediction is, kept beside it so that the least sure of a hundred thousand are found by an index; and
 * who was handed what of the review queue, until when.
 */
export const reviewQueue: Migration = {
  name: '0021-review-queue',
  async up(sql) {
    await sql.schema.alterTable('predictions', (table) => {
      table.double('margin').notNullable().defaultTo(0)
      table.double('entropy').notNullable().defaultTo(0)
    })
    await measureDoubt(sql)
    await sql.schema.alterTable('predictions', (table) => {
      table.index(['facet_id', 'label', 'margin'])
      table.index(['facet_id', 'margin'])
      table.index(['facet_id', 'entropy'])
    })
    await sql.schema.createTable('review_claims', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('holder').notNullable()
      table.text('strategy').notNullable()
      table.text('why').notNullable()
      table.text('claimed_at').notNullable()
      table.integer('place').notNullable()
      table.text('claimed_until').notNullable()
      table.primary(['facet_id', 'thread_id'])
      table.index(['facet_id', 'claimed_at'])
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
    for (const column of ['margin', 'entropy']) await sql.raw(`alter table predictions drop column ${column}`)
  },
}

/**
 * Predictions that stand are measured by the alternatives kept with them: the margin exactly, the entropy from below,
 * until the next model predicts them.
 */
async function measureDoubt(sql: Knex): Promise<void> {
  const postgres = sql.client.config.client === 'pg'
  const confidence = (json: string) =>
    postgres ? `(${json} ->> 'confidence')::float8` : `json_extract(${json}, '$.confidence')`
  const second = postgres
    ? "(alternatives::json -> 1 ->> 'confidence')::float8"
    : "json_extract(alternatives, '$[1].confidence')"
  const each = postgres ? 'json_array_elements(alternatives::json)' : 'json_each(alternatives)'
  await sql.raw(`update predictions set
    margin = confidence - coalesce(${second}, 0),
    entropy = coalesce((select 0 - sum(p * ln(p)) from (select ${confidence('value')} as p from ${each} as told) as ranked
      where p > 0), 0)`)
}
