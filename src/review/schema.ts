import type { Migration } from '../platform/database/migrate.ts'

/**
 * Misroutes; who was handed what of the review queue, until when; the first prediction of each facet of a thread in the
 * audit slice, as it was and as it would route; and what people are asked because labels disagree: second opinions,
 * label issues, conflicts with their grounds.
 */
export const reviewTables: Migration = {
  name: '0.1-review',
  async up(sql) {
    await sql.schema.createTable('misroutes', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id')
      table.text('decision_id')
      table.text('reason').notNullable()
      table.text('suggested')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.text('resolved_at')
      table.index(['resolved_at', 'id'])
      table.index(['thread_id'])
    })
    await sql.schema.createTable('review_claims', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('holder').notNullable()
      table.text('strategy').notNullable()
      table.text('why').notNullable()
      table.text('claimed_at').notNullable()
      table.integer('place').notNullable()
      table.text('claimed_until').notNullable()
      table.primary(['facet_id', 'thread_id'])
      table.index(['facet_id', 'claimed_at'])
      table.index(['claimed_until'])
    })
    await sql.schema.createTable('audit_snapshots', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('label').notNullable()
      table.double('confidence').notNullable()
      table.text('decision').notNullable()
      table.text('alternatives').notNullable()
      table.integer('rule_set_version').notNullable()
      table.text('destination_kind').notNullable()
      table.text('destination_name').notNullable()
      table.text('circumstances').notNullable()
      table.boolean('may_have_learned').notNullable()
      table.text('taken_at').notNullable()
      table.primary(['thread_id', 'facet_id'])
      table.index(['facet_id', 'taken_at'])
    })
    await sql.schema.createTable('second_opinions', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('asked_at').notNullable()
      table.primary(['facet_id', 'thread_id'])
    })
    await sql.schema.createTable('label_issues', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('kind').notNullable()
      table.text('other_id').notNullable()
      table.text('annotation_id').notNullable()
      table.text('likely').notNullable()
      table.double('score').notNullable()
      table.primary(['facet_id', 'thread_id', 'kind', 'other_id'])
      table.index(['facet_id', 'other_id'])
    })
    await sql.schema.createTable('label_issue_searches', (table) => {
      table.text('facet_id').primary().references('facets.id')
      table.text('searched_at').notNullable()
      table.integer('examples').notNullable()
      table.double('errors').notNullable()
    })
    await sql.schema.createTable('conflicts', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.integer('weight').notNullable()
      table.text('opened_at').notNullable()
      table.text('closed_at')
      table.text('outcome')
      table.text('ruling_id')
      table.index(['facet_id', 'thread_id'])
      table.index(['closed_at', 'weight', 'id'])
    })
    await sql.raw(
      'create unique index conflicts_open on conflicts (facet_id, thread_id) where closed_at is null',
    )
    await sql.schema.createTable('conflict_grounds', (table) => {
      table.text('conflict_id').notNullable().references('conflicts.id')
      table.text('kind').notNullable()
      table.text('other_id').notNullable()
      table.text('likely').notNullable()
      table.double('score').notNullable()
      table.primary(['conflict_id', 'kind', 'other_id'])
    })
  },
  async down(sql) {
    for (const table of [
      'conflict_grounds',
      'conflicts',
      'label_issue_searches',
      'label_issues',
      'second_opinions',
      'audit_snapshots',
      'review_claims',
      'misroutes',
    ])
      await sql.schema.dropTable(table)
  },
}

/**
 * The facet that a misroute concerns, and the annotation that resolved it. Both are null of misroutes from before this
 * step: these concern every facet, as they did.
 */
export const misrouteFacets: Migration = {
  name: '0.2-review-misroutes',
  async up(sql) {
    await sql.schema.alterTable('misroutes', (table) => {
      table.text('facet_id')
      table.text('resolved_by')
    })
  },
  async down(sql) {
    await sql.schema.alterTable('misroutes', (table) => {
      table.dropColumn('resolved_by')
      table.dropColumn('facet_id')
    })
  },
}

/** Threads that agents left to others, with why; `undone_at` is also set where a later skip replaced one. */
export const skipTable: Migration = {
  name: '0.2-review-skips',
  async up(sql) {
    await sql.schema.createTable('review_skips', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.text('why').notNullable()
      table.text('note')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.text('undone_at')
      table.index(['actor_id', 'id'])
    })
    await sql.raw(
      'create unique index review_skips_in_force on review_skips (thread_id, facet_id, actor_id) where undone_at is null',
    )
  },
  async down(sql) {
    await sql.schema.dropTable('review_skips')
  },
}
