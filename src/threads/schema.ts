import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/**
 * Threads, posts and members as sources state them, their changes, and the merges and splits of agents.
 *
 * `posts.thread_id` and `author_id` have no foreign key: an answer may come before its question, and a post before its
 * author. The id of a post is derived from its source and its id there, so the primary key alone keeps these unique.
 * `posts.home_id` is the thread that the source names, and `stated_kind` the kind, of a post that is shown in another
 * thread; both are null otherwise. `removed_with` is the thread or post with which a post was removed.
 */
export const threadTables: Migration = {
  name: '0.1-threads',
  async up(sql) {
    await sql.schema.createTable('sources', (table) => {
      table.text('id').primary()
      table.text('name').notNullable().unique()
      table.text('format').notNullable()
      table.text('audience').notNullable()
      table.text('label_from')
      table.boolean('redact').notNullable()
      table.text('created_at').notNullable()
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
      table.text('as_of')
      table.text('removed_at')
      table.text('merged_into')
      table.text('split_from')
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
      table.text('as_of')
      table.text('removed_at')
      table.text('removed_with')
      table.text('home_id')
      table.text('stated_kind')
      table.index(['thread_id'])
    })
    await sql.raw('create index posts_unplaced on posts (parent_id) where thread_id is null')
    await sql.raw('create index posts_displaced on posts (home_id) where home_id is not null')
    await sql.raw('create index posts_removed_with on posts (removed_with) where removed_with is not null')
    await sql.schema.createTable('acceptances', (table) => {
      table.text('thread_id').notNullable()
      table.text('post_id').notNullable().index()
      table.primary(['thread_id', 'post_id'])
    })
    await sql.schema.createTable('acceptance_updates', (table) => {
      table.text('thread_id').notNullable()
      table.text('post_id').notNullable()
      table.text('as_of').notNullable()
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
      table.double('likeness')
      table.primary(['from_id', 'to_id', 'kind'])
    })
    await sql.schema.createTable('thread_views', (table) => {
      table.text('thread_id').notNullable()
      table.text('day').notNullable()
      table.integer('views').notNullable()
      table.primary(['thread_id', 'day'])
    })
    await sql.schema.createTable('tombstones', (table) => {
      table.text('id').primary()
      table.text('source_id').notNullable().references('sources.id')
      table.text('as_of').notNullable()
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
  },
  async down(sql) {
    for (const table of [
      'post_moves',
      'thread_merges',
      'post_changes',
      'tombstones',
      'thread_views',
      'thread_links',
      'votes',
      'acceptance_updates',
      'acceptances',
      'posts',
      'threads',
      'members',
      'sources',
    ])
      await sql.schema.dropTable(table)
  },
}

const SOURCE_CHANGES: readonly CountedTable[] = [{ table: 'sources' }]

/** Counts changes of which sources there are and who may see them. */
export const sourceCounter: Migration = {
  name: '0.2-threads-source-counter',
  up: (sql) => addCounter(sql, 'sources', SOURCE_CHANGES),
  down: (sql) => removeCounter(sql, 'sources', SOURCE_CHANGES),
}

/** Threads that are sensitive: locked, unless two people released them. */
export const protectionTable: Migration = {
  name: '0.2-threads-protection',
  async up(sql) {
    await sql.schema.createTable('thread_protections', (table) => {
      table.text('thread_id').primary().references('threads.id')
      table.text('facet').notNullable()
      table.text('label').notNullable()
      table.text('basis').notNullable()
      table.double('probability')
      table.text('protected_at').notNullable()
      table.text('requested_at')
      table.text('requested_by_id')
      table.text('requested_by_name')
      table.text('request_reason')
      table.text('released_at')
      table.text('released_by_id')
      table.text('released_by_name')
      table.index(['protected_at', 'thread_id'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('thread_protections')
  },
}

const LOCK_CHANGES: readonly CountedTable[] = [{ table: 'thread_protections' }, { table: 'thread_merges' }]

/** Counts changes of which threads are locked, or have a locked one merged into them; and finds the latter. */
export const lockCounter: Migration = {
  name: '0.2-threads-lock-counter',
  async up(sql) {
    await sql.raw('create index threads_merged_into on threads (merged_into) where merged_into is not null')
    await addCounter(sql, 'locks', LOCK_CHANGES)
  },
  async down(sql) {
    await removeCounter(sql, 'locks', LOCK_CHANGES)
    await sql.raw('drop index threads_merged_into')
  },
}

/** Indexes for lists of threads: in the order of their creation of a source or a language, by views, and by who asked. */
export const threadListIndexes: Migration = {
  name: '0.2-threads-list-indexes',
  async up(sql) {
    await sql.raw('create index threads_of_source on threads (source_id, created_at, id)')
    await sql.raw('create index threads_of_language on threads (language, created_at, id)')
    await sql.raw('create index threads_by_views on threads (coalesce(views, 0), id)')
    await sql.raw('create index threads_by_asker on threads (asker_id) where asker_id is not null')
  },
  async down(sql) {
    for (const name of ['threads_by_asker', 'threads_by_views', 'threads_of_language', 'threads_of_source'])
      await sql.raw('drop index ??', [name])
  },
}

/** What a thread inherited from the locked one that it was split off: it stays when a label of its own comes and goes. */
export const inheritedLocks: Migration = {
  name: '0.2-threads-inherited-locks',
  async up(sql) {
    await sql.schema.alterTable('thread_protections', (table) => {
      table.text('inherited_facet')
      table.text('inherited_label')
    })
    await sql('thread_protections')
      .where({ basis: 'split' })
      .update({ inherited_facet: sql.ref('facet'), inherited_label: sql.ref('label') })
  },
  async down(sql) {
    for (const column of ['inherited_facet', 'inherited_label'])
      await sql.raw('alter table thread_protections drop column ??', [column])
  },
}
