import type { Migration } from '../../platform/database/migrate.ts'

/**
 * Searches that found no article, a row for each day and words. The row lock of the `failed_searches` sequence puts
 * their writers one after the other, so that they count together how many a day has.
 */
export const failedSearchTable: Migration = {
  name: '0.2-failed-searches',
  async up(sql) {
    await sql.schema.createTable('failed_searches', (table) => {
      table.text('day').notNullable()
      table.text('language').notNullable()
      table.text('terms').notNullable()
      table.integer('count').notNullable()
      table.primary(['day', 'language', 'terms'])
    })
    await sql('sequences').insert({ name: 'failed_searches', value: 0 })
  },
  async down(sql) {
    await sql.schema.dropTable('failed_searches')
    await sql('sequences').where({ name: 'failed_searches' }).delete()
    await sql('jobs').where({ type: 'search.forget-failed-searches' }).delete()
  },
}

/**
 * What was searched for, a row for each day, visit and words, and what was opened of it. `id` is made of what the row
 * is about, so that counting needs no reading first. The rows of searches that found no article become part of it.
 */
export const searchLogTables: Migration = {
  name: '0.2-search-log',
  async up(sql) {
    await sql.schema.createTable('searches', (table) => {
      table.text('id').primary()
      table.text('day').notNullable().index()
      // Empty where nobody says which searches are of one visit.
      table.text('visit').notNullable()
      table.text('audience').notNullable()
      table.text('language').notNullable()
      table.text('terms').notNullable()
      table.text('text').notNullable()
      table.text('asked_at').notNullable()
      table.integer('count').notNullable()
      // How often no article was found.
      table.integer('failed').notNullable()
      // Of the last time.
      table.integer('found').notNullable()
      table.text('shown').notNullable()
      // What the same visit asked instead.
      table.text('followed_by')
      table.index(['visit', 'asked_at'])
      table.index(['language', 'terms'])
    })
    await sql.schema.createTable('search_openings', (table) => {
      table.text('search_id').notNullable().references('searches.id').onDelete('cascade')
      table.text('document_id').notNullable().index()
      table.text('opened_at').notNullable()
      table.boolean('solved')
      table.primary(['search_id', 'document_id'])
    })
    const columns = 'id, day, visit, audience, language, terms, text, asked_at, count, failed, found, shown'
    // They hold stems alone, and not of whom: only colleagues see them.
    const before = sql('failed_searches').select(
      sql.raw("'srch_' || day || ' ' || language || ' ' || terms"),
      'day',
      sql.raw("''"),
      sql.raw("'internal'"),
      'language',
      'terms',
      'terms',
      'day',
      'count',
      'count',
      sql.raw('0'),
      sql.raw("'[]'"),
    )
    await sql(sql.raw(`searches (${columns})`)).insert(before)
    await sql.schema.dropTable('failed_searches')
    await sql('jobs')
      .where({ type: 'search.forget-failed-searches' })
      .update({ type: 'search.forget-searches', dedupe_key: 'search.forget-searches' })
  },
  async down(sql) {
    await sql.schema.dropTable('search_openings')
    await sql.schema.createTable('failed_searches', (table) => {
      table.text('day').notNullable()
      table.text('language').notNullable()
      table.text('terms').notNullable()
      table.integer('count').notNullable()
      table.primary(['day', 'language', 'terms'])
    })
    const failed = sql('searches')
      .where('failed', '>', 0)
      .groupBy('day', 'language', 'terms')
      .select('day', 'language', 'terms', sql.raw('sum(failed)'))
    await sql(sql.raw('failed_searches (day, language, terms, count)')).insert(failed)
    await sql.schema.dropTable('searches')
    await sql('jobs')
      .where({ type: 'search.forget-searches' })
      .update({ type: 'search.forget-failed-searches', dedupe_key: 'search.forget-failed-searches' })
  },
}
