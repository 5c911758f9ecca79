import type { Migration } from '../database/migrate.ts'

const threadColumns = ['as_of', 'removed_at', 'merged_into', 'split_from'] as const
const postColumns = ['as_of', 'removed_at', 'removed_with', 'home_id', 'told_kind'] as const

/**
 * What became of threads and posts since they were first told: removals, changes, views over time, and agents' merges
 * and splits. `posts.home_id` is the thread that the source names where the post is shown in another, `told_kind` its
 * kind there; both absent on the rest. `removed_with` is the thread or post whose removal took a post along.
 */
export const threadChanges: Migration = {
  name: '0010-thread-changes',
  async up(sql) {
    await sql.schema.alterTable('threads', (table) => {
      for (const column of threadColumns) table.text(column)
    })
    await sql.schema.alterTable('posts', (table) => {
      for (const column of postColumns) table.text(column)
    })
    await sql.raw('create index posts_displaced on posts (home_id) where home_id is not null')
    await sql.raw('create index posts_removed_with on posts (removed_with) where removed_with is not null')
    await sql.schema.createTable('tombstones', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('as_of').notNullable()
    })
    await sql.schema.createTable('verdicts', (table) => {
      table.text('thread_id').notNullable()
      table.text('post_id').notNullable()
      table.text('as_of').notNullable()
      table.primary(['thread_id', 'post_id'])
    })
    await sql.schema.createTable('post_changes', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('thread_id')
      table.text('post_id').notNullable()
      table.text('what').notNullable()
      table.text('before')
      table.text('after')
      table.text('at').notNullable()
      table.text('import_id')
      table.text('delivery')
      table.index(['post_id', 'id'])
    })
    await sql.schema.createTable('thread_views', (table) => {
      table.text('thread_id').notNullable()
      table.text('day').notNullable()
      table.integer('views').notNullable()
      table.primary(['thread_id', 'day'])
    })
    await sql.schema.createTable('thread_merges', (table) => {
      table.text('thread_id').primary().references('threads.id')
      table.text('source_id').notNullable().index()
      table.text('into_id').notNullable().references('threads.id').index()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('post_moves', (table) => {
      table.text('post_id').primary()
      table.text('source_id').notNullable().index()
      table.text('thread_id').notNullable().references('threads.id').index()
      table.boolean('asks').notNullable()
      table.text('created_at').notNullable()
    })
    // The numbers that stand were seen when the source was last read.
    await sql.raw(`insert into thread_views (thread_id, day, views)
      select t.id, substr(i.seen, 1, 10), t.views from threads t
      join (select source_id, max(progress_at) as seen from imports group by source_id) i on i.source_id = t.source_id
      where t.views is not null`)
  },
  async down(sql) {
    const tables = ['post_moves', 'thread_merges', 'thread_views', 'post_changes', 'verdicts', 'tombstones']
    for (const table of tables) await sql.schema.dropTable(table)
    for (const index of ['posts_displaced', 'posts_removed_with']) await sql.raw(`drop index ${index}`)
    for (const column of threadColumns) await sql.raw(`alter table threads drop column ${column}`)
    for (const column of postColumns) await sql.raw(`alter table posts drop column ${column}`)
  },
}
