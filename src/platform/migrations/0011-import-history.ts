import type { Migration } from '../database/migrate.ts'

/** Imports that wait, are resumed and cancelled: who asked, which files, how far it is, and what `started_at` means. */
export const importHistory: Migration = {
  name: '0011-import-history',
  async up(sql) {
    await sql.raw('alter table imports rename column started_at to created_at')
    await sql.schema.alterTable('imports', (table) => {
      table.text('origin').notNullable().defaultTo('command-line')
      table.text('actor_id')
      table.text('actor_name')
      table.text('request')
      table.text('files')
      table.text('home_id')
      table.text('idempotency_key')
      table.integer('attempts').notNullable().defaultTo(1)
      table.text('started_at')
      table.text('progress')
      table.text('cancel_requested_at')
    })
    await sql.raw('update imports set started_at = created_at')
    await sql.raw(
      'create unique index imports_idempotency on imports (actor_id, idempotency_key) where idempotency_key is not null',
    )
  },
  async down(sql) {
    await sql.raw('drop index imports_idempotency')
    const added = ['cancel_requested_at', 'progress', 'started_at', 'attempts', 'idempotency_key', 'home_id']
    for (const column of [...added, 'files', 'request', 'actor_name', 'actor_id', 'origin'])
      await sql.raw('alter table imports drop column ??', [column])
    await sql.raw('alter table imports rename column created_at to started_at')
  },
}
