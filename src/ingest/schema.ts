import type { Migration } from '../platform/database/migrate.ts'

/**
 * Imports with their rejections and cursors; secrets and deliveries of webhooks; and the access to the APIs of sources.
 * `received_deliveries.sequence` is the sender's own numbering, where it has one.
 */
export const ingestTables: Migration = {
  name: '0.1-ingest',
  async up(sql) {
    await sql.schema.createTable('imports', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id').index()
      table.text('format').notNullable()
      table.text('status').notNullable()
      table.text('origin').notNullable()
      table.text('actor_id')
      table.text('actor_name')
      table.text('request')
      table.text('files')
      table.text('home_id')
      table.text('idempotency_key')
      table.integer('attempts').notNullable()
      table.text('summary')
      table.text('error')
      table.text('progress')
      table.text('created_at').notNullable()
      table.text('started_at')
      table.text('progress_at').notNullable()
      table.text('cancel_requested_at')
      table.text('finished_at')
    })
    await sql.raw(
      'create unique index imports_idempotency on imports (actor_id, idempotency_key) where idempotency_key is not null',
    )
    await sql.schema.createTable('import_rejections', (table) => {
      table.text('import_id').notNullable().references('imports.id').onDelete('CASCADE')
      table.integer('number').notNullable()
      table.text('code').notNullable()
      table.text('reason').notNullable()
      table.text('place').notNullable()
      table.primary(['import_id', 'number'])
    })
    await sql.schema.createTable('import_cursors', (table) => {
      table.text('source_id').notNullable().references('sources.id').onDelete('CASCADE')
      table.text('name').notNullable()
      table.text('cursor').notNullable()
      table.text('updated_at').notNullable()
      table.primary(['source_id', 'name'])
    })
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
    for (const table of [
      'source_api_access',
      'received_deliveries',
      'webhook_secrets',
      'import_cursors',
      'import_rejections',
      'imports',
    ])
      await sql.schema.dropTable(table)
  },
}
