import type { Migration } from './database/migrate.ts'

/** The outbox, the jobs, and the counters that order changes. */
export const platformTables: Migration = {
  name: '0.1-platform',
  async up(sql) {
    await sql.schema.createTable('events', (table) => {
      table.bigIncrements('id')
      table.text('type').notNullable()
      table.text('payload').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('jobs', (table) => {
      table.text('id').primary()
      table.text('type').notNullable()
      table.text('payload').notNullable()
      table.text('status').notNullable()
      table.text('dedupe_key')
      table.text('run_at').notNullable()
      table.integer('attempts').notNullable()
      table.text('worker')
      table.text('leased_until')
      table.text('error')
      table.text('created_at').notNullable()
      table.index(['status', 'run_at'])
    })
    await sql.raw("create unique index jobs_dedupe on jobs (dedupe_key) where status = 'queued'")
    await sql.schema.createTable('sequences', (table) => {
      table.text('name').primary()
      table.bigInteger('value').notNullable()
    })
  },
  async down(sql) {
    for (const table of ['sequences', 'jobs', 'events']) await sql.schema.dropTable(table)
  },
}

/** What nobody waits for is told from what somebody does; each is found by an index, however much of the other waits. */
export const bulkWork: Migration = {
  name: '0.2-platform-bulk-work',
  async up(sql) {
    for (const name of ['events', 'jobs'])
      await sql.schema.alterTable(name, (table) => {
        table.boolean('bulk').notNullable().defaultTo(false)
      })
    await sql.raw('create index events_bulk on events (bulk, id)')
    await sql.raw('create index jobs_bulk on jobs (status, bulk, run_at)')
  },
  async down(sql) {
    for (const index of ['jobs_bulk', 'events_bulk']) await sql.raw('drop index ??', [index])
    for (const table of ['jobs', 'events']) await sql.raw('alter table ?? drop column bulk', [table])
  },
}
