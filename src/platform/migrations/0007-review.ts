import type { Migration } from '../database/migrate.ts'

export const reviewTables: Migration = {
  name: '0007-review',
  async up(sql) {
    await sql.schema.createTable('audit_slice', (table) => {
      table.text('thread_id').primary().references('threads.id')
      table.text('drawn_at').notNullable()
    })
    await sql.schema.createTable('misroutes', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id')
      table.text('decision_id')
      table.text('reason').notNullable()
      table.text('suggested')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.text('settled_at')
      table.index(['settled_at', 'id'])
      table.index(['thread_id'])
    })
  },
  async down(sql) {
    for (const table of ['misroutes', 'audit_slice']) await sql.schema.dropTable(table)
  },
}
