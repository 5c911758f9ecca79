import type { Migration } from '../database/migrate.ts'

/** Verdicts taken back together, which can be given back together. */
export const revocationTables: Migration = {
  name: '0024-revocations',
  async up(sql) {
    await sql.schema.createTable('revocations', (table) => {
      table.text('id').primary()
      table.text('scope').notNullable()
      table.text('reader').notNullable()
      table.text('reason')
      table.text('status').notNullable()
      table.integer('annotations').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.text('restorer_id')
      table.text('restorer_name')
      table.text('restored_at')
    })
    await sql.schema.alterTable('annotation_revocations', (table) => {
      table.text('revocation_id').references('revocations.id')
      table.index(['revocation_id'])
    })
    await sql.schema.alterTable('annotations', (table) => {
      table.index(['actor_id', 'created_at'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('annotations', (table) => {
      table.dropIndex(['actor_id', 'created_at'])
    })
    await sql.schema.alterTable('annotation_revocations', (table) => {
      table.dropIndex(['revocation_id'])
      table.dropColumn('revocation_id')
    })
    await sql.schema.dropTable('revocations')
  },
}
