import type { Migration } from '../../platform/database/migrate.ts'

/** Translations that were published before search knew of translations. */
export const documentsOfTranslations: Migration = {
  name: '0.2-translations-documents',
  async up(sql) {
    const known = sql('article_translations as l')
      .join('search_documents as d', 'd.id', 'l.article_id')
      .where('d.deleted', false)
      .select('l.article_id', 'l.original_id')
    await sql(sql.raw('search_translations (document_id, original_id)')).insert(known)
  },
  // The table goes with the step that made it.
  async down() {},
}

/** Which article translates which, passage by passage, and who works on which passage just now. */
export const translationTables: Migration = {
  name: '0.2-translations',
  async up(sql) {
    await sql.schema.createTable('article_translations', (table) => {
      table.text('article_id').primary().references('articles.id')
      // The original of an imported translation may come after it.
      table.text('original_id').notNullable().index()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('linked_at').notNullable()
    })
    await sql.schema.createTable('article_translation_passages', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('id').notNullable()
      table.integer('position').notNullable()
      table.text('section').notNullable()
      table.text('source_id')
      table.text('translated_from').notNullable()
      table.text('text').notNullable()
      table.text('state').notNullable()
      table.text('since')
      table.text('proposal')
      table.integer('version').notNullable()
      table.primary(['article_id', 'id'])
      table.index(['since', 'article_id'])
    })
    await sql.schema.createTable('translation_locks', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('passage_id').notNullable()
      table.text('holder_id').notNullable()
      table.text('holder_name').notNullable()
      table.text('until').notNullable()
      table.primary(['article_id', 'passage_id'])
    })
  },
  async down(sql) {
    for (const table of ['translation_locks', 'article_translation_passages', 'article_translations'])
      await sql.schema.dropTable(table)
  },
}
