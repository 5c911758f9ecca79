import type { Knex } from 'knex'
import { type Audience, visibleTo } from '../../access/audience.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import { joinLabels, labelsInForce } from '../../labels/label-queries.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Article } from '../article.ts'
import { type ArticleRow, toArticle } from '../article-row.ts'
import { readableArticles } from '../readable-articles.ts'

/** A published article as lists name it. */
export interface ListedArticle {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly updatedAt: string
  readonly publishedAt: string
  /** Of these, lists show the first words. */
  readonly issue: string
  readonly resolution: string
}

/** A category, or undefined for the articles that have none, with how many articles it has. */
export interface CategoryCount {
  readonly category?: string
  readonly articles: number
}

/** An article for a site map. */
export type MappedArticle = Pick<ListedArticle, 'id' | 'title' | 'language' | 'updatedAt'>

export type PublishedArticles = ReturnType<typeof createPublishedArticles>

type ListedRow = Pick<
  ArticleRow,
  'id' | 'title' | 'language' | 'updated_at' | 'published_at' | 'created_at' | 'issue' | 'resolution'
>

const LISTED = [
  'id',
  'title',
  'language',
  'updated_at',
  'published_at',
  'created_at',
  'issue',
  'resolution',
] as const

/**
 * Published articles as the readers of a help centre browse them. Each query holds the reader's audience; what is for
 * nobody but colleagues who work on articles is never among them.
 */
export function createPublishedArticles(
  db: Database,
  { facets }: { readonly facets: Pick<FacetStore, 'require'> },
) {
  const readable = (reader: Audience) => readableArticles(db, { audience: reader, seesDrafts: false })

  let known: string | undefined

  /** The id of the facet of categories, which has it for ever. */
  async function categoryFacet(): Promise<string> {
    known ??= (await facets.require(CATEGORY)).id
    return known
  }

  /** The category of an article of the outer query: its thread's label, or else the section that it was imported from. */
  function categoryColumn(facetId: string): Knex.Raw {
    const label = joinLabels(labelsInForce(db, facetId), 'g.label_id')
      .where('g.thread_id', db.sql.ref('articles.thread_id'))
      .select('l.name')
    const section = db
      .sql('article_origins as o')
      .where('o.article_id', db.sql.ref('articles.id'))
      .min('o.section')
    return db.sql.raw('coalesce(?, ?)', [label, section])
  }

  /** Keeps those of a category, or of none. */
  function keepCategory(query: Knex.QueryBuilder, facetId: string, category: string | undefined): void {
    const column = categoryColumn(facetId)
    if (category === undefined) query.whereRaw('? is null', [column])
    else query.whereRaw('? = ?', [column, category])
  }

  return {
    /** The article; undefined where there is none that the reader may see. */
    async find(id: string, reader: Audience): Promise<Article | undefined> {
      const row: ArticleRow | undefined = await readable(reader).where('articles.id', id).first('articles.*')
      return row && toArticle(row)
    },

    /** Whether there was an article for this reader, which was archived since. */
    async wasArchived(id: string, reader: Audience): Promise<boolean> {
      const row = await readableArticles(db, { audience: 'internal', seesDrafts: true })
        .whereIn('articles.audience', visibleTo(reader))
        .where({ 'articles.id': id, confidence: 'archived' })
        .whereNotNull('published_at')
        .first('id')
      return row !== undefined
    },

    /** These articles, those that the reader may see, in the order of `ids`. */
    async listed(ids: readonly string[], reader: Audience): Promise<ListedArticle[]> {
      const rows: ListedRow[] = await readable(reader)
        .whereIn('articles.id', [...ids])
        .select(LISTED)
      const found = new Map(rows.map((row) => [row.id, toListed(row)]))
      return ids.flatMap((id) => found.get(id) ?? [])
    },

    /** Articles that answer a thread: made from it, or used to answer it. */
    async answering(threadId: string, reader: Audience): Promise<ListedArticle[]> {
      const used = db.sql('article_uses').where({ kind: 'thread', reference: threadId }).select('article_id')
      const made = db.sql('article_threads').where({ thread_id: threadId }).select('article_id')
      const rows: ListedRow[] = await readable(reader)
        .where((either) => either.whereIn('articles.id', made).orWhereIn('articles.id', used))
        .orderBy('articles.id')
        .select(LISTED)
      return rows.map(toListed)
    },

    /** The articles of a language that were used most to answer something, then those that were published last. */
    async mostUsed(language: string, reader: Audience, limit: number): Promise<ListedArticle[]> {
      const rows = await db.longRead<ListedRow>(
        readable(reader)
          .where({ language })
          .orderBy([
            { column: 'uses', order: 'desc' },
            { column: 'published_at', order: 'desc' },
            { column: 'id', order: 'desc' },
          ])
          .limit(limit)
          .select(LISTED),
      )
      return rows.map(toListed)
    },

    /** The articles of a language that were published last, of one category or of all. */
    async newest(
      language: string,
      reader: Audience,
      { category, limit }: { readonly category?: string; readonly limit: number },
    ): Promise<ListedArticle[]> {
      const query = readable(reader).where({ language })
      if (category !== undefined) keepCategory(query, await categoryFacet(), category)
      query.orderBy([
        { column: 'published_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      return (await db.longRead<ListedRow>(query.limit(limit).select(LISTED))).map(toListed)
    },

    /** How many articles of a language each category has, by category. */
    async categories(language: string, reader: Audience): Promise<CategoryCount[]> {
      const named = readable(reader)
        .where({ language })
        .select({ category: categoryColumn(await categoryFacet()) })
      const rows = await db.longRead<{ category: string | null; n: number | string }>(
        db.sql.from(named.as('named')).groupBy('category').select('category').count('* as n'),
      )
      const order = new Intl.Collator(language)
      return rows
        .map(({ category, n }) => ({ category: category ?? undefined, articles: Number(n) }))
        .sort((a, b) => order.compare(a.category ?? '\uffff', b.category ?? '\uffff'))
    },

    /** The articles of a category and language, or of those without a category, by title. */
    async inCategory(
      category: string | undefined,
      language: string,
      reader: Audience,
      { offset, limit }: { readonly offset: number; readonly limit: number },
    ): Promise<ListedArticle[]> {
      const query = readable(reader).where({ language })
      keepCategory(query, await categoryFacet(), category)
      const rows = await db.longRead<ListedRow>(
        query.orderBy(['title_key', 'id']).offset(offset).limit(limit).select(LISTED),
      )
      return rows.map(toListed)
    },

    /** The categories of these articles, by id, whoever may see the threads that have them; without those that have none. */
    async categoriesOf(ids: readonly string[]): Promise<Map<string, string>> {
      const rows: { id: string; category: string | null }[] = await db
        .sql('articles')
        .whereIn('id', [...ids])
        .select({ id: 'id', category: categoryColumn(await categoryFacet()) })
      return new Map(rows.flatMap(({ id, category }) => (category === null ? [] : [[id, category]])))
    },

    /** The threads that these articles were made from, as far as the reader may see the articles. */
    async sourcesOf(ids: readonly string[], reader: Audience): Promise<Set<string>> {
      const readableIds = readable(reader)
        .whereIn('articles.id', [...ids])
        .select('articles.id')
      return new Set(
        await db.sql('article_threads').whereIn('article_id', readableIds).pluck<string[]>('thread_id'),
      )
    },

    /** How many articles the reader may see, in all languages. */
    async count(reader: Audience): Promise<number> {
      const [row] = await db.longRead<{ n: number | string }>(readable(reader).count('* as n'))
      return Number(row?.n ?? 0)
    },

    /** The articles that the reader may see, by id, for a part of a site map. */
    async mapped(
      reader: Audience,
      { offset, limit }: { readonly offset: number; readonly limit: number },
    ): Promise<MappedArticle[]> {
      const rows = await db.longRead<Pick<ListedRow, 'id' | 'title' | 'language' | 'updated_at'>>(
        readable(reader)
          .orderBy('id')
          .offset(offset)
          .limit(limit)
          .select('id', 'title', 'language', 'updated_at'),
      )
      return rows.map(({ id, title, language, updated_at }) => ({
        id,
        title,
        language,
        updatedAt: updated_at,
      }))
    },
  }
}

/** An article as lists name it. */
export function asListed({ id, title, language, issue, resolution, ...times }: Article): ListedArticle {
  const publishedAt = times.publishedAt ?? times.createdAt
  return { id, title, language, issue, resolution, updatedAt: times.updatedAt, publishedAt }
}

function toListed({ id, title, language, issue, resolution, ...times }: ListedRow): ListedArticle {
  const publishedAt = times.published_at ?? times.created_at
  return { id, title, language, issue, resolution, updatedAt: times.updated_at, publishedAt }
}
