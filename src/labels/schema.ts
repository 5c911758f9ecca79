import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/**
 * Facets with their labels, and annotations, which are append-only: `thread_labels` holds the label in force that they
 * add up to, written in the same transactions. `revocations` are annotations revoked together, which can be restored
 * together. `starter_examples` are labelled texts that come with a facet, before anyone has labelled a thread.
 */
export const labelTables: Migration = {
  name: '0.1-labels',
  async up(sql) {
    await sql.schema.createTable('facets', (table) => {
      table.text('id').primary()
      table.text('name').notNullable().unique()
      table.text('description').notNullable()
      table.double('risk_budget').notNullable()
      table.boolean('require_parity').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('labels', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id')
      table.text('name').notNullable()
      table.text('description').notNullable()
      table.double('risk_budget')
      table.text('created_at').notNullable()
      table.unique(['facet_id', 'name'])
    })
    await sql.schema.createTable('annotations', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.integer('position').notNullable()
      table.text('label_id').notNullable().references('labels.id')
      table.text('provenance').notNullable()
      table.boolean('blind').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('note')
      table.text('created_at').notNullable()
      table.unique(['thread_id', 'facet_id', 'position'])
      table.index(['facet_id', 'provenance'])
      table.index(['actor_id', 'created_at'])
    })
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
    await sql.schema.createTable('annotation_revocations', (table) => {
      table.text('annotation_id').primary().references('annotations.id')
      table.text('revocation_id').references('revocations.id').index()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('thread_labels', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('label_id').notNullable().references('labels.id')
      table.text('annotation_id').notNullable().references('annotations.id')
      table.text('provenance').notNullable()
      table.primary(['thread_id', 'facet_id'])
      table.index(['facet_id', 'label_id'])
    })
    await sql.schema.createTable('starter_examples', (table) => {
      table.text('id').primary()
      table.text('facet_id').notNullable().references('facets.id').index()
      table.text('label_id').notNullable().references('labels.id')
      table.text('text').notNullable()
    })
    await sql.schema.createTable('label_guidelines', (table) => {
      table.text('id').primary()
      table.text('label_id').notNullable().references('labels.id').index()
      table.text('text').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('guideline_rulings', (table) => {
      table.text('guideline_id').notNullable().references('label_guidelines.id')
      table.text('annotation_id').notNullable().references('annotations.id')
      table.primary(['guideline_id', 'annotation_id'])
    })
  },
  async down(sql) {
    for (const table of [
      'guideline_rulings',
      'label_guidelines',
      'starter_examples',
      'thread_labels',
      'annotation_revocations',
      'revocations',
      'annotations',
      'labels',
      'facets',
    ])
      await sql.schema.dropTable(table)
  },
}

/** Whether a revocation may take rulings back, and for whom the annotations of one are restored. */
export const revocationLimits: Migration = {
  name: '0.2-label-revocation-limits',
  async up(sql) {
    await sql.schema.alterTable('revocations', (table) => {
      table.boolean('rulings').notNullable().defaultTo(false)
      table.text('restorer_reader')
    })
  },
  async down(sql) {
    for (const column of ['restorer_reader', 'rulings'])
      await sql.raw('alter table revocations drop column ??', [column])
  },
}

const BUDGET_CHANGES: readonly CountedTable[] = [
  { table: 'facets', rows: false },
  { table: 'labels', rows: false },
]

/** Counts changes of risk budgets. New facets and labels have no model and no budget of their own yet. */
export const budgetCounter: Migration = {
  name: '0.2-labels-budget-counter',
  up: (sql) => addCounter(sql, 'budgets', BUDGET_CHANGES),
  down: (sql) => removeCounter(sql, 'budgets', BUDGET_CHANGES),
}

/** Labels that protect a thread: always where they are in force, else from this probability on. */
export const labelProtection: Migration = {
  name: '0.2-labels-protection',
  async up(sql) {
    await sql.schema.alterTable('labels', (table) => {
      table.double('protect_from')
    })
  },
  async down(sql) {
    // Knex would make the table anew on SQLite, which its foreign keys forbid inside a transaction.
    await sql.raw('alter table labels drop column protect_from')
  },
}

/** What it costs to give a label to a thread that has another; pairs without a row cost 1. */
export const labelCosts: Migration = {
  name: '0.2-labels-costs',
  async up(sql) {
    await sql.schema.createTable('label_costs', (table) => {
      table.text('facet_id').notNullable().references('facets.id').index()
      table.text('truth_id').notNullable().references('labels.id')
      table.text('given_id').notNullable().references('labels.id')
      table.double('cost').notNullable()
      table.primary(['truth_id', 'given_id'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('label_costs')
  },
}
