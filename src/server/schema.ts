import type { Migration } from '../platform/database/migrate.ts'

/** Answers kept for requests that are sent again with the same `Idempotency-Key`. */
export const serverTables: Migration = {
  name: '0.1-server',
  async up(sql) {
    await sql.schema.createTable('idempotency_keys', (table) => {
      table.text('actor_id').notNullable()
      table.text('key').notNullable()
      table.text('request_hash').notNullable()
      table.integer('status')
      table.text('headers')
      table.text('body')
      table.text('created_at').notNullable().index()
      table.primary(['actor_id', 'key'])
    })
  },
  async down(sql) {
    for (const table of ['idempotency_keys']) await sql.schema.dropTable(table)
  },
}
