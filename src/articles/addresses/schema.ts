import type { Audience } from '../../access/audience.ts'
import type { Migration } from '../../platform/database/migrate.ts'
import { slugOf } from '../../text/terms/slug.ts'

interface RevisionRow {
  readonly article_id: string
  readonly content: string
  readonly confidence: string
  readonly audience: Audience
}

const CHUNK = 100

/** The addresses of articles: those that they have, and those under which they were published before. */
export const addressTable: Migration = {
  name: '0.2-article-addresses',
  async up(sql) {
    await sql.schema.createTable('article_addresses', (table) => {
      table.text('article_id').notNullable().references('articles.id')
      table.text('language').notNullable()
      table.text('slug').notNullable().index()
      table.boolean('is_current').notNullable()
      table.text('shown_to')
      table.primary(['article_id', 'language', 'slug'])
    })
    for (let after = ''; ; ) {
      const articles: { id: string; title: string; language: string }[] = await sql('articles')
        .where('id', '>', after)
        .orderBy('id')
        .limit(CHUNK)
        .select('id', 'title', 'language')
      for (const article of articles) {
        const published: RevisionRow[] = await sql('article_revisions')
          .where({ article_id: article.id, confidence: 'validated' })
          .orderBy('number')
        const address = (title: string, language: string) => ({
          article_id: article.id,
          language,
          slug: slugOf({ id: article.id, title }),
        })
        const rows = new Map<string, object>()
        const add = (row: ReturnType<typeof address>, more: object) =>
          rows.set(`${row.language}/${row.slug}`, { ...row, ...more })
        const { title, language } = article
        const now = address(title, language)
        add(now, { is_current: true, shown_to: null })
        for (const { content, audience } of published) {
          const written: { title: string; language: string } = JSON.parse(content)
          const row = address(written.title, written.language)
          const isCurrent = row.slug === now.slug && row.language === now.language
          add(row, { is_current: isCurrent, shown_to: audience })
        }
        await sql('article_addresses').insert([...rows.values()])
      }
      const last = articles.at(-1)
      if (last === undefined) break
      after = last.id
    }
  },
  async down(sql) {
    await sql.schema.dropTable('article_addresses')
  },
}
