import type { Migration } from '../database/migrate.ts'

/**
 * Threads as sources tell them. `posts.thread_id` and `author_id` have no foreign key: an answer may come before its
 * question, a post before its author.
 */
export const threadTables: Migration = {
  name: '0003-threads',
  async up(sql) {
    await sql.schema.createTable('sources', (table) => {
      table.text('id').primary()
      table.text('name').notNullable().unique()
      table.text('format').notNullable()
      table.text('audience').notNullable()
      table.text('label_from')
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('imports', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('format').notNullable()
      table.text('status').notNullable()
      table.text('summary')
      table.text('error')
      table.text('started_at').notNullable()
      table.text('progress_at').notNullable()
      table.text('finished_at')
      table.index(['source_id'])
    })
    await sql.schema.createTable('import_rejections', (table) => {
      table.text('import_id').notNullable().references('imports.id').onDelete('CASCADE')
      table.integer('number').notNullable()
      table.text('code').notNullable()
      table.text('reason').notNullable()
      table.text('place').notNullable()
      table.primary(['import_id', 'number'])
    })
    await sql.schema.createTable('members', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('external_id').notNullable()
      table.text('name').notNullable()
      table.text('role').notNullable()
      table.integer('reputation')
      table.text('joined_at')
      table.text('record_hash').notNullable()
      table.unique(['source_id', 'external_id'])
    })
    await sql.schema.createTable('threads', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('external_id').notNullable()
      table.text('title').notNullable()
      table.text('language').notNullable()
      table.text('stated_language')
      table.text('url')
      table.text('tags').notNullable()
      table.integer('views')
      table.boolean('closed').notNullable()
      table.text('stated_labels')
      table.text('facts')
      table.text('created_at').notNullable()
      table.text('record_hash').notNullable()
      table.text('question_id')
      table.text('asker_id')
      table.integer('answer_count').notNullable().defaultTo(0)
      table.integer('accepted_count').notNullable().defaultTo(0)
      table.text('first_answered_at')
      table.text('updated_at').notNullable()
      table.unique(['source_id', 'external_id'])
      table.index(['created_at', 'id'])
    })
    await sql.schema.createTable('posts', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('external_id').notNullable()
      table.text('thread_id')
      table.text('parent_id')
      table.text('kind').notNullable()
      table.text('author_id')
      table.text('created_at').notNullable()
      table.text('edited_at')
      table.integer('score')
      table.text('record_hash').notNullable()
      table.text('updated_at').notNullable()
      table.text('body').notNullable()
      table.unique(['source_id', 'external_id'])
      table.index(['thread_id'])
    })
    await sql.raw('create index posts_unplaced on posts (parent_id) where thread_id is null')
    await sql.schema.createTable('acceptances', (table) => {
      table.text('thread_id').notNullable()
      table.text('post_id').notNullable().index()
      table.primary(['thread_id', 'post_id'])
    })
    await sql.schema.createTable('votes', (table) => {
      table.text('post_id').primary()
      table.integer('up').notNullable()
      table.integer('down').notNullable()
    })
    await sql.schema.createTable('thread_links', (table) => {
      table.text('from_id').notNullable()
      table.text('to_id').notNullable().index()
      table.text('kind').notNullable()
      table.primary(['from_id', 'to_id', 'kind'])
    })
  },
  async down(sql) {
    const tables = ['thread_links', 'votes', 'acceptances', 'posts', 'threads', 'members']
    for (const table of [...tables, 'import_rejections', 'imports', 'sources'])
      await sql.schema.dropTable(table)
  },
}
