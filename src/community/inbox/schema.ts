import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Threads that wait for colleagues. `place` orders the list by the clock; it is null once a thread has left the inbox, whose
 * row stays so that who had it has it again when it comes back. Threads that rules had sent to a queue before this step come
 * in as they are; whether they wait for their askers is found out at their next change.
 */
export const inboxTables: Migration = {
  name: '0.2-inbox',
  async up(sql) {
    await sql.schema.createTable('inbox_threads', (table) => {
      table.text('thread_id').primary().references('threads.id')
      table.text('state').notNullable()
      table.text('queue').notNullable()
      // Where the rules would have it; null where they send it to no queue.
      table.text('rules_queue')
      table.boolean('transferred').notNullable()
      table.text('priority').notNullable()
      table.text('rules_priority').notNullable()
      table.integer('sla_minutes')
      table.text('due_at')
      table.text('since').notNullable()
      table.text('place')
      table.text('assignee_id')
      table.text('assignee_name')
      table.text('escalated_at')
      table.text('escalated_by')
      table.text('escalation_note')
    })
    await sql.raw('create index inbox_by_place on inbox_threads (place, thread_id) where place is not null')
    await sql.raw(
      'create index inbox_by_assignee on inbox_threads (assignee_id, place) where place is not null',
    )
    await sql.raw('create index inbox_by_queue on inbox_threads (queue, place) where place is not null')
    await sql.raw(`
      insert into inbox_threads (thread_id, state, queue, rules_queue, transferred, priority, rules_priority,
        sla_minutes, due_at, since, place)
      select t.id, 'open', r.destination_name, r.destination_name, false, r.priority, r.priority,
        r.sla_minutes, r.sla_due_at, t.created_at,
        case when r.sla_due_at is not null then '1 ' || r.sla_due_at
          else '2 ' || case r.priority when 'urgent' then '0' when 'high' then '1' when 'normal' then '2' else '3' end
            || ' ' || t.created_at end
      from routing_decisions r join threads t on t.id = r.thread_id
      where r.superseded_at is null and r.destination_kind = 'queue' and t.accepted_count = 0 and not t.closed
        and t.removed_at is null and t.merged_into is null and t.question_id is not null`)
  },
  async down(sql) {
    await sql.schema.dropTable('inbox_threads')
  },
}

/** Answers on their way to other communities, and those that arrived: what was posted there is never posted again. */
export const outgoingTable: Migration = {
  name: '0.2-outgoing-answers',
  async up(sql) {
    await sql.schema.createTable('outgoing_answers', (table) => {
      table.text('id').primary()
      table.text('thread_id').notNullable().references('threads.id').index()
      table.text('body').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('status').notNullable()
      table.integer('attempts').notNullable()
      table.text('problem')
      table.text('said')
      table.text('next_at')
      // The community's id of the post, and where it is.
      table.text('external_id')
      table.text('url')
      table.text('created_at').notNullable()
      table.text('sent_at')
    })
  },
  async down(sql) {
    await sql.schema.dropTable('outgoing_answers')
  },
}
