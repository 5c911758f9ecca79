import type { Migration } from '../platform/database/migrate.ts'
import { LIVE, QUEUE } from './counters.ts'

/**
 * What open pages hear of. `seq` comes from the `live` sequence, whose row lock puts commits in its order; the sequence
 * `queue` moves when the counts of the review queue may have changed.
 */
export const liveTables: Migration = {
  name: '0.2-live',
  async up(sql) {
    await sql.schema.createTable('live_events', (table) => {
      table.bigInteger('seq').primary()
      table.text('type').notNullable()
      table.text('subject')
      table.text('audience').notNullable()
      table.text('data').notNullable()
      table.text('created_at').notNullable()
      table.index(['created_at'])
    })
    await sql('sequences').insert([LIVE, QUEUE].map((name) => ({ name, value: 0 })))
  },
  async down(sql) {
    await sql('sequences').whereIn('name', [LIVE, QUEUE]).delete()
    await sql.schema.dropTable('live_events')
  },
}
