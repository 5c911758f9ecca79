import type { Migration } from '../../platform/database/migrate.ts'

/**
 * What deserves an article. Every write of candidates takes the next number of the `candidates` sequence, so that what
 * was computed from an earlier state is not stored.
 *
 * `moved_by` names the decision by which a person put a thread with a candidate that nothing else joins it to. The first
 * job goes through all threads that were there before.
 */
export const candidateTables: Migration = {
  name: '0.2-candidates',
  async up(sql) {
    await sql('sequences').insert({ name: 'candidates', value: 0 })
    await sql.schema.createTable('article_candidates', (table) => {
      table.text('id').primary()
      table.text('lead_id').notNullable()
      table.text('language').notNullable()
      table.text('type').notNullable()
      table.text('article_id').index()
      table.text('category')
      table.text('evidence').notNullable()
      table.double('views').notNullable()
      table.integer('askings').notNullable()
      table.double('failed_searches')
      table.text('last_at').notNullable()
      table.double('score').notNullable()
      table.text('state').notNullable()
      table.text('merged_into')
      table.text('outcome_article_id')
      table.text('decision_id')
      table.text('created_at').notNullable()
      table.text('updated_at').notNullable()
      for (const filters of [[], ['type'], ['language'], ['type', 'language'], ['category']])
        table.index(['state', ...filters, 'score', 'id'], `candidates_by_${['worth', ...filters].join('_')}`)
    })
    await sql.schema.createTable('article_candidate_threads', (table) => {
      table.text('thread_id').primary()
      table.text('candidate_id').notNullable().index().references('article_candidates.id')
      table.text('moved_by')
    })
    await sql.schema.createTable('article_candidate_decisions', (table) => {
      table.text('id').primary()
      table.text('candidate_id').notNullable().index()
      table.text('decision').notNullable()
      table.text('reason')
      table.text('note')
      table.text('article_id')
      table.text('into_id')
      table.text('moved').notNullable()
      table.integer('promoted_revision')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('at').notNullable()
      table.text('undone_at')
    })
    await sql.schema.createTable('article_candidate_weights', (table) => {
      table.integer('version').primary()
      table.text('weights').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('at').notNullable()
    })
    if ((await sql('threads').first('id')) !== undefined) {
      const at = new Date().toISOString()
      await sql('jobs').insert({
        id: 'job_first-candidates',
        type: 'articles.sweep-candidates',
        payload: '{}',
        status: 'queued',
        dedupe_key: 'articles.sweep-candidates',
        run_at: at,
        attempts: 0,
        created_at: at,
        bulk: true,
      })
    }
  },
  async down(sql) {
    for (const table of [
      'article_candidate_weights',
      'article_candidate_decisions',
      'article_candidate_threads',
      'article_candidates',
    ])
      await sql.schema.dropTable(table)
    await sql('sequences').where({ name: 'candidates' }).delete()
    await sql('jobs').where('type', 'like', 'articles.%-candidates').delete()
  },
}
