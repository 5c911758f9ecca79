import type { Migration } from '../platform/database/migrate.ts'

/**
 * What customers asked in the help centre, and who may follow it. Links are kept as hashes. E-mail addresses stand apart,
 * so that they are deleted by themselves and nothing that reads threads meets them.
 */
export const communityTables: Migration = {
  name: '0.2-community',
  async up(sql) {
    await sql.schema.createTable('asking_keys', (table) => {
      table.text('name').primary()
      table.text('key').notNullable()
    })
    await sql.schema.createTable('asked_questions', (table) => {
      table.text('id').primary()
      table.text('number').notNullable().unique()
      // The form that it was sent by, and what it said: the same again is the same question.
      table.text('submission').notNullable().unique()
      table.text('status').notNullable()
      table.text('held_for').notNullable()
      table.text('language').notNullable()
      table.text('audience').notNullable()
      table.text('source').notNullable()
      table.text('thread_id').notNullable().unique()
      // Kept until its thread has them.
      table.text('title')
      table.text('body')
      table.text('topic')
      // Stands for the asker's network address on one day.
      table.text('origin')
      table.text('asked_at').notNullable()
      table.text('decided_at')
      table.index(['status', 'asked_at', 'id'])
      table.index(['origin', 'asked_at'])
    })
    await sql.schema.createTable('question_links', (table) => {
      table.text('secret_hash').primary()
      table.text('question_id').notNullable().references('asked_questions.id').index()
      table.text('purpose').notNullable()
      table.text('created_at').notNullable()
    })
    await sql.schema.createTable('question_answers', (table) => {
      table.text('question_id').notNullable().references('asked_questions.id')
      table.text('post_id').notNullable()
      table.primary(['question_id', 'post_id'])
    })
    await sql.schema.createTable('question_marks', (table) => {
      table.text('question_id').notNullable().references('asked_questions.id')
      table.text('post_id').notNullable()
      table.boolean('useful').notNullable()
      table.text('marked_at').notNullable()
      table.primary(['question_id', 'post_id'])
    })
    await sql.schema.createTable('question_addresses', (table) => {
      table.text('question_id').primary().references('asked_questions.id')
      table.text('email').notNullable()
      table.text('added_at').notNullable()
      table.text('confirmed_at')
      table.index(['email', 'added_at'])
    })
    await sql.schema.createTable('answer_locks', (table) => {
      table.text('thread_id').primary()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('until').notNullable()
    })
  },
  async down(sql) {
    for (const table of [
      'answer_locks',
      'question_addresses',
      'question_marks',
      'question_answers',
      'question_links',
      'asked_questions',
      'asking_keys',
    ])
      await sql.schema.dropTable(table)
  },
}
