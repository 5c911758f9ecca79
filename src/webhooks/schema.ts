import type { Migration } from '../platform/database/migrate.ts'

/** Who is notified of what happens here, the messages, and how each delivery stands. */
export const webhookTables: Migration = {
  name: '0.1-webhooks',
  async up(sql) {
    await sql.schema.createTable('webhook_endpoints', (table) => {
      table.text('id').primary()
      table.text('url').notNullable().unique()
      table.text('description').notNullable()
      table.text('types').notNullable()
      table.text('audience').notNullable()
      table.text('routing').notNullable()
      table.text('secrets').notNullable()
      table.boolean('enabled').notNullable()
      table.text('disabled_reason')
      table.integer('version').notNullable()
      table.text('failing_since')
      table.text('hold_until')
      table.text('created_at').notNullable()
      table.text('updated_at').notNullable()
    })
    await sql.schema.createTable('webhook_messages', (table) => {
      table.text('id').primary()
      table.text('type').notNullable()
      table.text('audience').notNullable()
      table.text('payload').notNullable()
      table.text('created_at').notNullable().index()
    })
    await sql.schema.createTable('webhook_deliveries', (table) => {
      table.text('id').primary()
      table.text('message_id').notNullable().references('webhook_messages.id')
      table.text('endpoint_id').notNullable().references('webhook_endpoints.id')
      table.text('status').notNullable()
      table.integer('attempts').notNullable()
      table.text('next_attempt_at').notNullable()
      table.text('claim')
      table.text('last_attempt_at')
      table.integer('last_status')
      table.text('last_error')
      table.text('created_at').notNullable()
      table.text('finished_at')
      table.unique(['message_id', 'endpoint_id'])
      table.index(['endpoint_id', 'status', 'next_attempt_at'])
      table.index(['endpoint_id', 'id'])
      table.index(['status', 'finished_at'])
    })
  },
  async down(sql) {
    for (const table of ['webhook_deliveries', 'webhook_messages', 'webhook_endpoints'])
      await sql.schema.dropTable(table)
  },
}
