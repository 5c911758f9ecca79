import type { Knex } from 'knex'
import type { Migration } from '../../platform/database/migrate.ts'
import { newId } from '../../platform/ids.ts'
import type { ArticleContent } from '../article.ts'
import { bodyHash, type CitationFlag, type CitationSection } from '../citation.ts'
import { cleanPost } from '../extraction/clean-post.ts'
import { wordsOf } from '../extraction/words.ts'
import { excerptOf } from './excerpts.ts'
import { blocksOfArticle } from './section-blocks.ts'
import { statementsIn } from './statements.ts'

/** A citation as the step before had it: of a whole section. */
interface SectionCitation {
  readonly article_id: string
  readonly section: 'issue' | 'resolution'
  readonly post_id: string
  readonly post_hash: string
  readonly accepted: boolean | number
  readonly flag: CitationFlag | null
  readonly flagged_at: string | null
}

interface CitedPost {
  readonly id: string
  readonly kind: string
  readonly body: string
  readonly thread_id: string
}

interface NewPassage {
  readonly id: string
  readonly article_id: string
  readonly section: CitationSection
  readonly position: number
  readonly text: string
}

const CHUNK = 100
const GROUPS = { issue: ['issue', 'environment'], resolution: ['resolution', 'cause'] } as const

/**
 * Passages of articles, which take over the citations of their sections: those blocks that say what the post says. A
 * citation of which no block is found stays one of its section, by a passage without text.
 */
export const passageTables: Migration = {
  name: '0.2-passages',
  async up(sql) {
    await sql.schema.createTable('article_passages', (table) => {
      table.text('id').primary()
      table.text('article_id').notNullable().references('articles.id')
      table.text('section').notNullable()
      table.integer('position').notNullable()
      table.text('text').notNullable()
      table.index(['article_id', 'position'])
    })
    await sql.schema.createTable('passage_citations', (table) => {
      table.text('passage_id').notNullable().references('article_passages.id').onDelete('cascade')
      table.text('article_id').notNullable().index()
      table.text('post_id').notNullable().index()
      table.text('excerpt').notNullable()
      table.text('post_hash').notNullable()
      table.boolean('accepted').notNullable()
      table.text('answers').notNullable()
      table.text('flag')
      table.text('flagged_at')
      table.primary(['passage_id', 'post_id'])
    })
    for (let after = ''; ; ) {
      const articles: (ArticleContent & { id: string })[] = await sql('articles')
        .where('id', '>', after)
        .orderBy('id')
        .limit(CHUNK)
      await addPassages(sql, articles)
      const last = articles.at(-1)
      if (last === undefined) break
      after = last.id
    }
    await sql.schema.dropTable('article_citations')
  },
  async down(sql) {
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
    const rows: (Omit<SectionCitation, 'section'> & { readonly section: CitationSection })[] = await sql(
      'passage_citations as c',
    )
      .join('article_passages as p', 'p.id', 'c.passage_id')
      .select('c.article_id', 'p.section', 'c.post_id', 'c.post_hash', 'c.accepted', 'c.flag', 'c.flagged_at')
    const merged = new Map<string, SectionCitation>()
    for (const { section: of, flag, ...row } of rows) {
      const section = of === 'issue' || of === 'environment' ? 'issue' : 'resolution'
      const key = `${row.article_id} ${section} ${row.post_id}`
      // What superseded an answer is no news to the step before.
      const kept = flag === 'superseded' ? null : flag
      if ((merged.get(key)?.flag ?? null) === null)
        merged.set(key, { ...row, section, flag: kept, flagged_at: kept && row.flagged_at })
    }
    const citations = [...merged.values()]
    for (let from = 0; from < citations.length; from += CHUNK)
      await sql('article_citations').insert(citations.slice(from, from + CHUNK))
    for (const table of ['passage_citations', 'article_passages']) await sql.schema.dropTable(table)
  },
}

async function addPassages(sql: Knex, articles: readonly (ArticleContent & { id: string })[]): Promise<void> {
  const ids = articles.map(({ id }) => id)
  const cited: SectionCitation[] = await sql('article_citations').whereIn('article_id', ids)
  const posts: CitedPost[] = await sql('posts')
    .whereIn('id', [...new Set(cited.map(({ post_id }) => post_id))])
    .whereNull('removed_at')
    .select('id', 'kind', 'body', 'thread_id')
  const accepted: { post_id: string; thread_id: string }[] = await sql('acceptances')
    .whereIn('thread_id', [...new Set(posts.map(({ thread_id }) => thread_id))])
    .select('post_id', 'thread_id')
  const byId = new Map(posts.map((post) => [post.id, post]))
  for (const article of articles) {
    const passages = blocksOfArticle(article).map(
      (block, position): NewPassage => ({
        id: newId('psg', new Date()),
        article_id: article.id,
        position,
        ...block,
      }),
    )
    const rows: object[] = []
    for (const citation of cited.filter(({ article_id }) => article_id === article.id)) {
      const post = byId.get(citation.post_id)
      const { section, ...rest } = citation
      const known = accepted.flatMap(({ post_id, thread_id }) =>
        thread_id === post?.thread_id ? [post_id] : [],
      )
      const resting = restingOn(passages, article.language, citation, post)
      if (resting.length === 0) {
        const id = newId('psg', new Date())
        passages.push({ id, article_id: article.id, section, position: passages.length, text: '' })
        resting.push({ id, excerpt: [] })
      }
      for (const { id, excerpt } of resting)
        rows.push({
          ...rest,
          passage_id: id,
          excerpt: JSON.stringify(excerpt),
          answers: JSON.stringify(known),
        })
    }
    for (let from = 0; from < passages.length; from += CHUNK)
      await sql('article_passages').insert(passages.slice(from, from + CHUNK))
    for (let from = 0; from < rows.length; from += CHUNK)
      await sql('passage_citations').insert(rows.slice(from, from + CHUNK))
  }
}

/** The passages that say what a post says; what it said before it was edited is not known. */
function restingOn(
  passages: readonly NewPassage[],
  language: string,
  { section, post_hash }: SectionCitation,
  post: CitedPost | undefined,
): { readonly id: string; readonly excerpt: readonly string[] }[] {
  if (post === undefined) return []
  const voice = post.kind === 'question' ? 'asker' : 'helper'
  const cleaning = { words: wordsOf(language), names: new Set<string>(), repeatsPost: () => false }
  const stated = statementsIn(cleanPost(post, voice, cleaning))
  const sections: readonly CitationSection[] = GROUPS[section]
  return passages
    .filter((passage) => passage.text !== '' && sections.includes(passage.section))
    .map(({ id, section: of, text }) => ({ id, excerpt: excerptOf({ section: of, text }, stated) }))
    .filter(({ excerpt }) => excerpt.length > 0)
    .map(({ id, excerpt }) => ({ id, excerpt: bodyHash(post.body) === post_hash ? excerpt : [] }))
}
