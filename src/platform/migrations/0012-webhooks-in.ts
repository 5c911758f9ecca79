import type { Migration } from '../database/migrate.ts'

/**
 * What sources tell by webhook: their secrets, the deliveries, and how to ask a source for what a delivery only
 * names. `sequence` is the sender's own numbering, where it has one.
 */
export const webhookInTables: Migration = {
  name: '0012-webhooks-in',
  async up(sql) {
    await sql.schema.createTable('webhook_secrets', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('kind').notNullable()
      table.text('secret').notNullable()
      table.text('created_at').notNullable()
      table.text('expires_at')
      table.index(['source_id', 'kind'])
    })
    await sql.schema.createTable('received_deliveries', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('kind').notNullable()
      table.text('event').notNullable()
      table.text('external_id').notNullable()
      table.bigInteger('sequence')
      table.text('received_at').notNullable()
      table.text('status').notNullable()
      table.integer('attempts').notNullable()
      table.text('taken_until')
      table.text('finished_at')
      table.text('error')
      table.text('body')
      table.unique(['source_id', 'kind', 'external_id'])
      table.index(['source_id', 'id'])
      table.index(['status', 'received_at'])
    })
    await sql.raw(
      "create index received_deliveries_waiting on received_deliveries (source_id, id) where status = 'waiting'",
    )
    await sql.raw(
      'create index received_deliveries_sequence on received_deliveries (source_id, kind, sequence, received_at) where sequence is not null',
    )
    await sql.schema.createTable('source_api_access', (table) => {
      table.text('source_id').primary().references('sources.id')
      table.text('address').notNullable()
      table.text('user')
      table.text('token')
      table.text('changed_at').notNullable()
    })
  },
  async down(sql) {
    for (const table of ['source_api_access', 'received_deliveries', 'webhook_secrets'])
      await sql.schema.dropTable(table)
  },
}
