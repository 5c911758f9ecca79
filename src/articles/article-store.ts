import type { Knex } from 'knex'
import type { Actor } from '../access/actor.ts'
import type { Audience } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../platform/page.ts'
import { createAddressStore } from './addresses/address-store.ts'
import { type Article, type ArticleContent, type Confidence, contentOf } from './article.ts'
import { type ArticleRow, toArticle, toRow } from './article-row.ts'
import { wordsOf } from './article-words.ts'
import { articlesBy, flaggedArticles } from './citation-store.ts'
import { articleErrors } from './errors.ts'
import { createArticleThreads } from './promotion/article-threads.ts'
import { type Reader, readableArticles } from './readable-articles.ts'

/** How many articles there are of each confidence, and with a flag. */
export type ArticleCounts = Readonly<Record<Confidence | 'flagged', number>>

/** An article as it is now, for an editor who read an earlier revision. */
interface CurrentArticle {
  readonly revision: number
  readonly content: ArticleContent
  readonly changedBy: { readonly id: string; readonly name: string }
  readonly changedAt: string
}

const ORDERS = {
  updated: { column: 'updated_at', order: 'desc' },
  created: { column: 'created_at', order: 'desc' },
  published: { column: 'published_at', order: 'desc' },
  title: { column: 'title_key', order: 'asc' },
  used: { column: 'uses', order: 'desc' },
} as const
export type ArticleSort = keyof typeof ORDERS
export const ARTICLE_SORTS = Object.keys(ORDERS) as ArticleSort[]

export interface ArticleFilters {
  readonly reader: Reader
  readonly language?: string
  readonly audience?: Audience
  /** Only those made from posts of this member. */
  readonly author?: string
  /** Only those with all of these words, in any section. */
  readonly text?: string
}

interface ArticleQuery extends ArticleFilters {
  readonly confidence?: Confidence
  /** Only those with a flag on a citation that the reader may see. */
  readonly flagged?: boolean
  /** By title from a to z, by times the newest first, by uses the most first; `updated` by default. */
  readonly sort?: ArticleSort
  readonly cursor?: string
  readonly limit: number
}

/** An article of one thread or several that ask the same, the lead first; an imported one may bring its id and dates. */
export interface NewArticle
  extends ArticleContent,
    Pick<Article, 'confidence' | 'audience'>,
    Partial<Pick<Article, 'id' | 'createdAt' | 'updatedAt' | 'publishedAt'>> {
  readonly threadIds: readonly string[]
}
export type ArticleStore = ReturnType<typeof createArticleStore>

/** Articles and their revisions: each change of an article adds a full revision. */
export function createArticleStore(db: Database, clock: Clock) {
  const articles = () => db.sql<ArticleRow>('articles')

  const readable = (reader: Reader) => readableArticles(db, reader)
  const threads = createArticleThreads(db)
  const addresses = createAddressStore(db)

  async function find(id: string, reader: Reader): Promise<Article | undefined> {
    const row: ArticleRow | undefined = await readable(reader).where({ id }).first()
    return row && toArticle(row)
  }

  async function addRevision(article: Article, actor: Actor): Promise<void> {
    await db.sql('article_revisions').insert({
      article_id: article.id,
      number: article.revision,
      content: JSON.stringify(contentOf(article)),
      confidence: article.confidence,
      audience: article.audience,
      actor_id: actor.id,
      actor_name: actor.name,
      created_at: article.updatedAt,
    })
  }

  /** An article with who changed it last, for those who had read an earlier revision. */
  async function currentOf(row: ArticleRow): Promise<CurrentArticle> {
    const last: { actor_id: string; actor_name: string } = await db
      .sql('article_revisions')
      .where({ article_id: row.id, number: row.revision })
      .first('actor_id', 'actor_name')
    return {
      revision: row.revision,
      content: contentOf(row),
      changedBy: { id: last.actor_id, name: last.actor_name },
      changedAt: row.updated_at,
    }
  }

  /** Those that the query's filters keep, without regard to their state. */
  function filtered({ reader, language, audience, author, text }: ArticleFilters): Knex.QueryBuilder {
    const query = readable(reader)
    if (language !== undefined) query.where({ language })
    if (audience !== undefined) query.where('articles.audience', audience)
    if (author !== undefined) query.whereIn('id', articlesBy(db, author, reader.audience))
    for (const word of wordsOf(text ?? '')) query.where('words', 'like', `%${word}%`)
    return query
  }

  return {
    articleIdsOf: threads.articleIdsOf,
    threadsOf: threads.threadsOf,

    /**
     * Adds an article with its first revision. Call it in a transaction, which is to be rolled back where it adds none.
     *
     * @returns undefined when one of its threads has an article already, or its id is taken, even by another process
     *   just now
     */
    async add({ threadIds, ...content }: NewArticle, actor: Actor): Promise<Article | undefined> {
      const now = isoNow(clock)
      const { id = newId('art', clock.now()), createdAt = now, updatedAt = now } = content
      const article: Article = {
        ...content,
        id,
        threadId: threadIds[0],
        revision: 1,
        createdBy: actor.id,
        createdAt,
        updatedAt,
      }
      const added = await articles()
        .insert(toRow(article))
        .onConflict()
        .ignore()
        .returning<{ id: string }[]>('id')
      if (added.length === 0) return undefined
      if (!(await threads.claim(article.id, threadIds))) return undefined
      await addresses.put(article)
      await addRevision(article, actor)
      return article
    },

    /** Stores a changed article as its next revision. Call it on what `requireForChange` returned. */
    async change(article: Article, actor: Actor): Promise<Article> {
      const next = { ...article, revision: article.revision + 1, updatedAt: isoNow(clock) }
      await articles().where({ id: article.id }).update(toRow(next))
      await addresses.put(next)
      await addRevision(next, actor)
      return next
    },

    /** The article, if the reader may see it. @throws CodedError ARTICLE_NOT_FOUND */
    async require(id: string, reader: Reader): Promise<Article> {
      const article = await find(id, reader)
      if (article === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id })
      return article
    },

    /** The article, if the reader may see it. */
    find,

    /**
     * The article, locked against changes until the transaction ends.
     *
     * @param revision the revision that the caller read; without one, any is right
     * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT
     */
    async requireForChange(id: string, reader: Reader, revision?: number): Promise<Article> {
      const query = readable(reader).where({ id }).first()
      const row: ArticleRow | undefined = await (db.dialect === 'postgres' ? query.forUpdate() : query)
      if (row === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id })
      if (revision !== undefined && revision !== row.revision)
        throw articleErrors.ARTICLE_CONFLICT({ id, revision: row.revision, current: await currentOf(row) })
      return toArticle(row)
    },

    /** Those of these articles that the reader may see. */
    async visibleAmong(ids: readonly string[], reader: Reader): Promise<Set<string>> {
      return new Set(await readable(reader).whereIn('id', ids).pluck('id'))
    },

    /** The one article of a thread, if the reader may see it. */
    async ofThread(threadId: string, reader: Reader): Promise<Article | undefined> {
      const row: ArticleRow | undefined = await readable(reader)
        .whereIn('id', db.sql('article_threads').where({ thread_id: threadId }).select('article_id'))
        .first()
      return row && toArticle(row)
    },

    /** Articles that the reader may see, by id, after `afterId`. */
    async readableAfter(
      afterId: string,
      { reader, language, limit }: { reader: Reader; language?: string; limit: number },
    ): Promise<Article[]> {
      const query = filtered({ reader, language }).where('id', '>', afterId).orderBy('id').limit(limit)
      return (await query).map(toArticle)
    },

    /** Whether there is an article with this id, whoever may see it. */
    async exists(id: string): Promise<boolean> {
      return (await articles().where({ id }).first('id')) !== undefined
    },

    /** Published articles that came from threads, by id, after `afterId`. */
    async publishedAfter(afterId: string, limit: number): Promise<Article[]> {
      const rows = await articles()
        .where({ confidence: 'validated' })
        .whereNotNull('thread_id')
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
      return rows.map(toArticle)
    },

    /** Articles that the reader may see. @throws CodedError CURSOR_INVALID */
    async list({
      confidence,
      flagged,
      sort = 'updated',
      cursor,
      limit,
      ...filters
    }: ArticleQuery): Promise<Page<Article>> {
      const { column, order } = ORDERS[sort]
      const query = filtered(filters)
        .orderBy([
          { column, order },
          { column: 'id', order },
        ])
        .limit(limit + 1)
      if (confidence !== undefined) query.where({ confidence })
      if (flagged === true) query.whereIn('id', flaggedArticles(db, filters.reader.audience))
      if (sort === 'published') query.whereNotNull(column)
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor, sort)
        if (sort === 'used' && !/^\d{1,9}$/.test(key)) throw invalidCursor()
        const beyond = order === 'desc' ? '<' : '>'
        query.where((after) =>
          after
            .where(column, beyond, key)
            .orWhere((same) => same.where(column, key).andWhere('id', beyond, id)),
        )
      }
      const rows = await db.longRead<ArticleRow>(query)
      const page = toPage(rows, limit, (row) => ({
        key: String(row[column] ?? ''),
        id: row.id,
        order: sort,
      }))
      return { ...page, items: page.items.map(toArticle) }
    },

    /** How many articles the filters keep, by confidence, and how many of them are flagged. */
    async counts(filters: ArticleFilters): Promise<ArticleCounts> {
      const flagged = flaggedArticles(db, filters.reader.audience)
      const rows = await db.longRead<{
        confidence: Confidence
        n: number | string
        flagged: number | string
      }>(
        filtered(filters)
          .groupBy('confidence')
          .select('confidence')
          .count('* as n')
          .select(db.sql.raw('sum(case when id in (?) then 1 else 0 end) as flagged', [flagged])),
      )
      const of = (confidence: Confidence) => Number(rows.find((row) => row.confidence === confidence)?.n ?? 0)
      return {
        wip: of('wip'),
        not_validated: of('not_validated'),
        validated: of('validated'),
        archived: of('archived'),
        flagged: rows.reduce((sum, row) => sum + Number(row.flagged), 0),
      }
    },
  }
}
