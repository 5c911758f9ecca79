import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/** API keys, and the audit log of what people and keys wrote. */
export const accessTables: Migration = {
  name: '0.1-access',
  async up(sql) {
    await sql.schema.createTable('api_keys', (table) => {
      table.text('id').primary()
      table.text('name').notNullable()
      table.text('secret_hash').notNullable().unique()
      table.text('roles').notNullable()
      table.text('audience').notNullable()
      table.text('created_at').notNullable()
      table.text('revoked_at')
    })
    await sql.raw('create unique index api_keys_name on api_keys (name) where revoked_at is null')
    await sql.schema.createTable('audit_log', (table) => {
      table.text('id').primary()
      table.text('at').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('action').notNullable()
      table.text('target').notNullable()
      table.text('before')
      table.text('after')
      table.text('request_id')
      table.index(['target', 'id'])
      table.index(['actor_id', 'id'])
    })
  },
  async down(sql) {
    for (const table of ['audit_log', 'api_keys']) await sql.schema.dropTable(table)
  },
}

const KEY_CHANGES: readonly CountedTable[] = [{ table: 'api_keys' }]

/** Counts changes of API keys, so that a process keeps those it knows and still refuses a revoked one at once. */
export const keyCounter: Migration = {
  name: '0.2-access-key-counter',
  up: (sql) => addCounter(sql, 'keys', KEY_CHANGES),
  down: (sql) => removeCounter(sql, 'keys', KEY_CHANGES),
}
