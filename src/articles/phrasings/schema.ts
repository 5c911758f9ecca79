import type { Migration } from '../../platform/database/migrate.ts'

/**
 * What people decided on phrasings of articles: those that they added, and those that they removed. All others are read
 * from where they come, so that they go with it. Articles that were there before get theirs by a job.
 */
export const phrasingTable: Migration = {
  name: '0.2-article-phrasings',
  async up(sql) {
    await sql.schema.createTable('article_phrasings', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('id').notNullable()
      table.text('decision').notNullable()
      table.text('text').notNullable()
      table.text('audience').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('decided_at').notNullable()
      table.primary(['article_id', 'id'])
    })
    if ((await sql('articles').first('id')) === undefined) return
    const at = new Date().toISOString()
    await sql('jobs').insert({
      id: 'job_first-phrasings',
      type: 'articles.refresh-phrasings',
      payload: '{}',
      status: 'queued',
      dedupe_key: 'articles.refresh-phrasings',
      run_at: at,
      attempts: 0,
      created_at: at,
      bulk: true,
    })
  },
  async down(sql) {
    await sql.schema.dropTable('article_phrasings')
    await sql('jobs').whereIn('type', ['articles.refresh-phrasings', 'articles.index-used']).delete()
  },
}
