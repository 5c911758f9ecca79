import { addCounter, type CountedTable, removeCounter } from '../platform/database/change-counters.ts'
import type { Migration } from '../platform/database/migrate.ts'

/**
 * The present prediction of each facet of a thread, and every routing decision ever made of it. `margin` and `entropy`
 * are kept beside a prediction so that the least sure of a hundred thousand are found by an index.
 */
export const triageTables: Migration = {
  name: '0.1-triage',
  async up(sql) {
    await sql.schema.createTable('predictions', (table) => {
      table.text('thread_id').notNullable().references('threads.id')
      table.text('facet_id').notNullable().references('facets.id')
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('label').notNullable()
      table.double('confidence').notNullable()
      table.text('decision').notNullable()
      table.text('reason')
      table.text('budgets').notNullable()
      table.double('margin').notNullable()
      table.double('entropy').notNullable()
      table.text('alternatives').notNullable()
      table.text('created_at').notNullable()
      table.primary(['thread_id', 'facet_id'])
      table.index(['facet_id', 'confidence'])
      table.index(['facet_id', 'label', 'margin'])
      table.index(['facet_id', 'margin'])
      table.index(['facet_id', 'entropy'])
      table.index(['version_id'])
    })
    await sql.schema.createTable('routing_rule_sets', (table) => {
      table.integer('version').primary()
      table.text('rules').notNullable()
      table.text('actor_id').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('routing_decisions', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id')
      table.integer('rule_set_version').notNullable()
      table.text('rule').notNullable()
      table.text('destination_kind').notNullable()
      table.text('destination_name').notNullable()
      table.text('priority').notNullable()
      table.integer('sla_minutes')
      table.text('decided_at').notNullable()
      table.text('reconsider_at')
      table.text('superseded_at')
      table.index(['thread_id', 'id'])
      table.index(['destination_kind', 'destination_name'])
    })
    await sql.raw(
      'create unique index routing_decisions_current on routing_decisions (thread_id) where superseded_at is null',
    )
    await sql.raw(
      'create index routing_decisions_due on routing_decisions (reconsider_at) where superseded_at is null',
    )
  },
  async down(sql) {
    for (const table of ['routing_decisions', 'routing_rule_sets', 'predictions'])
      await sql.schema.dropTable(table)
  },
}

const RULE_CHANGES: readonly CountedTable[] = [{ table: 'routing_rule_sets' }]

/** Counts changes of the routing rules. */
export const ruleSetCounter: Migration = {
  name: '0.2-triage-rule-set-counter',
  up: (sql) => addCounter(sql, 'rules', RULE_CHANGES),
  down: (sql) => removeCounter(sql, 'rules', RULE_CHANGES),
}

/** Provisional assignments: the estimated error of a prediction, and what a decision rests on (JSON). */
export const provisionalAssignments: Migration = {
  name: '0.2-triage-provisional',
  async up(sql) {
    await sql.schema.alterTable('predictions', (table) => void table.double('provisional_error'))
    await sql.schema.alterTable('routing_decisions', (table) => void table.text('provisional'))
  },
  async down(sql) {
    await sql.raw('alter table predictions drop column provisional_error')
    await sql.raw('alter table routing_decisions drop column provisional')
  },
}

const MEASUREMENT_CHANGES: readonly CountedTable[] = [{ table: 'label_measurements' }]

/** On which sources the labels of facets were measured, and where they act: made anew from the audit slice. */
export const measurementTable: Migration = {
  name: '0.2-triage-measurements',
  async up(sql) {
    await sql.schema.createTable('label_measurements', (table) => {
      table.text('facet_id').notNullable().references('facets.id')
      table.text('source_id').notNullable().references('sources.id')
      table.text('label').notNullable()
      table.integer('audited').notNullable()
      table.integer('assigned').notNullable()
      table.integer('right_count').notNullable()
      table.double('budget').notNullable()
      table.boolean('acts').notNullable()
      table.text('measured_at').notNullable()
      table.primary(['facet_id', 'source_id', 'label'])
    })
    await addCounter(sql, 'measurements', MEASUREMENT_CHANGES)
  },
  async down(sql) {
    await removeCounter(sql, 'measurements', MEASUREMENT_CHANGES)
    await sql.schema.dropTable('label_measurements')
  },
}

/**
 * What rules can ask about since 0.2, and who changed them: the probability of every label, the load of destinations, the
 * end of time limits. `sla_due_at` is null on decisions without a time limit, on those whose thread was answered in time,
 * and on those made before this step.
 */
export const routingSeesMore: Migration = {
  name: '0.2-triage-routing',
  async up(sql) {
    await sql.schema.alterTable('predictions', (table) => {
      table.text('probabilities')
    })
    await sql.schema.alterTable('routing_rule_sets', (table) => {
      table.text('actor_name')
      table.integer('restored_from')
    })
    await sql.schema.alterTable('routing_decisions', (table) => {
      table.text('sla_due_at')
      table.text('sla_breached_at')
    })
    await sql.raw(
      'create index routing_decisions_load on routing_decisions (destination_kind, destination_name) where superseded_at is null',
    )
    await sql.raw(
      'create index routing_decisions_sla on routing_decisions (sla_due_at) where superseded_at is null and sla_breached_at is null',
    )
  },
  async down(sql) {
    await sql.raw('drop index routing_decisions_sla')
    await sql.raw('drop index routing_decisions_load')
    // Knex would make the tables anew on SQLite, without their triggers.
    for (const [table, column] of [
      ['routing_decisions', 'sla_breached_at'],
      ['routing_decisions', 'sla_due_at'],
      ['routing_rule_sets', 'restored_from'],
      ['routing_rule_sets', 'actor_name'],
      ['predictions', 'probabilities'],
    ])
      await sql.raw('alter table ?? drop column ??', [table!, column!])
  },
}

/** What each model version changed of the predictions that it replaced, counted while it did, with some examples. */
export const predictionChanges: Migration = {
  name: '0.2-triage-prediction-changes',
  async up(sql) {
    await sql.schema.createTable('prediction_changes', (table) => {
      table.text('version_id').primary().references('model_versions.id')
      table.integer('compared').notNullable()
      table.integer('changed').notNullable()
      table.integer('examples').notNullable()
    })
    await sql.schema.createTable('prediction_change_examples', (table) => {
      table.text('version_id').notNullable().references('model_versions.id')
      table.text('thread_id').notNullable().references('threads.id')
      table.integer('place').notNullable()
      table.text('before_label').notNullable()
      table.double('before_confidence').notNullable()
      table.text('before_decision').notNullable()
      table.text('after_label').notNullable()
      table.double('after_confidence').notNullable()
      table.text('after_decision').notNullable()
      table.primary(['version_id', 'thread_id'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('prediction_change_examples')
    await sql.schema.dropTable('prediction_changes')
  },
}

/** Finds abstentions by their reason. */
export const abstentionIndex: Migration = {
  name: '0.2-triage-abstentions',
  async up(sql) {
    await sql.raw(
      'create index predictions_abstained on predictions (facet_id, reason) where reason is not null',
    )
  },
  async down(sql) {
    await sql.raw('drop index predictions_abstained')
  },
}

/** Of which activation of a version its changes are counted. */
export const countedActivation: Migration = {
  name: '0.2-triage-counted-activation',
  async up(sql) {
    await sql.schema.alterTable('prediction_changes', (table) => {
      table.text('activated_at')
    })
  },
  async down(sql) {
    await sql.raw('alter table prediction_changes drop column activated_at')
  },
}
