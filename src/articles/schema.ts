import type { Migration } from '../platform/database/migrate.ts'
import type { ArticleContent } from './article.ts'
import { articleWords } from './article-words.ts'

/** Articles with their immutable revisions and citations; a thread becomes one article only. */
export const articleTables: Migration = {
  name: '0.1-articles',
  async up(sql) {
    await sql.schema.createTable('articles', (table) => {
      table.text('id').primary()
      table.text('thread_id').unique()
      table.text('language').notNullable()
      table.text('confidence').notNullable()
      table.text('audience').notNullable()
      table.integer('revision').notNullable()
      table.text('title').notNullable()
      table.text('issue').notNullable()
      table.text('environment').notNullable()
      table.text('resolution').notNullable()
      table.text('cause').notNullable()
      table.text('created_at').notNullable()
      table.text('updated_at').notNullable()
      table.text('published_at')
      table.index(['updated_at', 'id'])
    })
    await sql.schema.createTable('article_revisions', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.integer('number').notNullable()
      table.text('content').notNullable()
      table.text('confidence').notNullable()
      table.text('audience').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('created_at').notNullable()
      table.primary(['article_id', 'number'])
    })
    await sql.schema.createTable('article_citations', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('section').notNullable()
      table.text('post_id').notNullable().index()
      table.text('post_hash').notNullable()
      table.boolean('accepted').notNullable()
      table.text('flag')
      table.text('flagged_at')
      table.primary(['article_id', 'section', 'post_id'])
    })
    await sql.schema.createTable('article_authors', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('member_id').notNullable()
      table.primary(['article_id', 'member_id'])
    })
  },
  async down(sql) {
    for (const table of ['article_authors', 'article_citations', 'article_revisions', 'articles'])
      await sql.schema.dropTable(table)
  },
}

/** Drafts apart from revisions, and what articles are filtered and ordered by: their words, and their titles' beginnings. */
export const draftTable: Migration = {
  name: '0.2-articles-drafts',
  async up(sql) {
    await sql.schema.createTable('article_drafts', (table) => {
      table.text('article_id').primary().references('articles.id')
      table.integer('version').notNullable()
      table.text('content')
      table.integer('based_on').notNullable()
      table.text('actor_id').notNullable()
      table.text('actor_name').notNullable()
      table.text('saved_at').notNullable()
    })
    await sql.schema.alterTable('articles', (table) => {
      table.text('words').notNullable().defaultTo('')
      table.text('title_key').notNullable().defaultTo('')
    })
    for (let after = ''; ; ) {
      const rows: (ArticleContent & { id: string })[] = await sql('articles')
        .where('id', '>', after)
        .orderBy('id')
        .limit(200)
      for (const row of rows) await sql('articles').where({ id: row.id }).update(articleWords(row))
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.id
    }
    await sql.schema.alterTable('articles', (table) => {
      table.index(['title_key', 'id'])
      table.index(['created_at', 'id'])
    })
  },
  async down(sql) {
    await sql.schema.alterTable('articles', (table) => {
      table.dropIndex(['created_at', 'id'])
      table.dropIndex(['title_key', 'id'])
    })
    for (const column of ['title_key', 'words'])
      await sql.raw('alter table articles drop column ??', [column])
    await sql.schema.dropTable('article_drafts')
  },
}

/** The threads of articles that were indexed before documents named them: with its thread, an article is locked. */
export const documentsOfThreads: Migration = {
  name: '0.2-articles-documents-of-threads',
  async up(sql) {
    await sql('search_documents')
      .where({ kind: 'article' })
      .whereNull('thread_id')
      .update({
        thread_id: sql('articles').where('articles.id', sql.ref('search_documents.id')).select('thread_id'),
      })
  },
  // What was filled in is not told from what was there; the column itself goes with the step that added it.
  async down() {},
}

/** Where imported articles come from, so that importing again changes them and adds none twice. */
export const originTable: Migration = {
  name: '0.2-article-origins',
  async up(sql) {
    await sql.schema.createTable('article_origins', (table) => {
      table.text('source').notNullable()
      table.text('external_id').notNullable()
      table.text('article_id').notNullable().references('articles.id').index()
      table.text('translation_group')
      table.text('section')
      table.text('content_hash').notNullable()
      table.primary(['source', 'external_id'])
      table.index(['source', 'translation_group'])
    })
  },
  async down(sql) {
    await sql.schema.dropTable('article_origins')
  },
}
