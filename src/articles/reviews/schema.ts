import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Who found which article right, which articles are due for a review, and what people decided. The first job goes through
 * the articles that were there before.
 */
export const articleReviewTables: Migration = {
  name: '0.2-article-reviews',
  async up(sql) {
    await sql.schema.createTable('article_checks', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('id').notNullable()
      table.integer('revision').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('checked_at').notNullable()
      table.primary(['article_id', 'id'])
    })
    await sql.schema.createTable('article_reviews', (table) => {
      table.text('article_id').primary().references('articles.id')
      table.text('kind').notNullable()
      table.text('reasons').notNullable()
      table.boolean('is_open').notNullable()
      table.text('figures').notNullable()
      table.integer('uses').notNullable()
      table.text('category')
      table.text('owner_id')
      table.text('state').notNullable()
      table.text('found_at').notNullable()
      table.text('assigned_at')
      table.text('until')
      table.text('put_off_reason')
      table.text('decision_id')
      table.index(['state', 'uses', 'article_id'])
      table.index(['owner_id', 'state', 'uses', 'article_id'])
    })
    await sql.schema.createTable('article_review_decisions', (table) => {
      table.text('id').primary()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('decision').notNullable()
      table.text('reason')
      table.text('until')
      table.text('before').notNullable()
      table.text('check_id')
      table.text('confidence')
      table.integer('revision')
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('at').notNullable()
      table.text('undone_at')
    })
    await sql('article_settings').insert({ name: 'reviews', value: '{"version":0}' })
    if ((await sql('articles').first('id')) !== undefined) {
      const at = new Date().toISOString()
      await sql('jobs').insert({
        id: 'job_first-reviews',
        type: 'articles.find-reviews',
        payload: '{}',
        status: 'queued',
        dedupe_key: 'articles.find-reviews',
        run_at: at,
        attempts: 0,
        created_at: at,
        bulk: true,
      })
    }
  },
  async down(sql) {
    for (const table of ['article_review_decisions', 'article_reviews', 'article_checks'])
      await sql.schema.dropTable(table)
    await sql('article_settings').where({ name: 'reviews' }).delete()
    await sql('jobs').whereIn('type', ['articles.find-reviews', 'articles.recompute-review']).delete()
  },
}
