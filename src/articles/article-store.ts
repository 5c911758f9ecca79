import type { Actor } from '../access/actor.ts'
import { type Audience, visibleTo } from '../access/audience.ts'
import { type Clock, isoNow } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { newId } from '../platform/ids.ts'
import { decodeCursor, type Page, toPage } from '../platform/page.ts'
import { type Article, type ArticleContent, type Confidence, contentOf, type Reader } from './article.ts'
import { flaggedArticles } from './citation-store.ts'
import { articleErrors } from './errors.ts'

interface ArticleRow extends ArticleContent {
  id: string
  thread_id: string | null
  confidence: Confidence
  audience: Audience
  revision: number
  created_at: string
  updated_at: string
  published_at: string | null
}

interface ArticleQuery {
  readonly reader: Reader
  readonly confidence?: Confidence
  readonly language?: string
  /** Only those of whose evidence, as far as the reader may see it, something has changed. */
  readonly flagged?: boolean
  readonly cursor?: string
  readonly limit: number
}

type NewArticle = ArticleContent & Pick<Article, 'threadId' | 'confidence' | 'audience'>
export type ArticleStore = ReturnType<typeof createArticleStore>

/** Articles and their revisions: each change of an article is a full revision more. */
export function createArticleStore(db: Database, clock: Clock) {
  const articles = () => db.sql<ArticleRow>('articles')

  function visible({ audience, seesDrafts }: Reader) {
    const query = articles().whereIn('articles.audience', visibleTo(audience))
    return seesDrafts ? query : query.where('articles.confidence', 'validated')
  }

  async function keepRevision(article: Article, actor: Actor): Promise<void> {
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

  return {
    /** @returns undefined when its thread has an article already, be it since a moment ago */
    async add(given: NewArticle, actor: Actor): Promise<Article | undefined> {
      return db.transaction(async () => {
        const now = isoNow(clock)
        const article: Article = {
          ...given,
          id: newId('art', clock.now()),
          revision: 1,
          createdAt: now,
          updatedAt: now,
        }
        const added = await articles()
          .insert(toRow(article))
          .onConflict('thread_id')
          .ignore()
          .returning<{ id: string }[]>('id')
        if (added.length === 0) return undefined
        await keepRevision(article, actor)
        return article
      })
    },

    /** Makes `article` its next revision. To be called on what `requireForChange` gave. */
    async change(article: Article, actor: Actor): Promise<Article> {
      const next = { ...article, revision: article.revision + 1, updatedAt: isoNow(clock) }
      await articles().where({ id: article.id }).update(toRow(next))
      await keepRevision(next, actor)
      return next
    },

    /** @throws CodedError ARTICLE_NOT_FOUND */
    async require(id: string, reader: Reader): Promise<Article> {
      const row = await visible(reader).where({ id }).first()
      if (row === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id })
      return toArticle(row)
    },

    /**
     * The article, held until the transaction ends so that nobody changes it meanwhile.
     *
     * @param revision the one that the caller read, if they must have read the latest
     * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT
     */
    async requireForChange(id: string, reader: Reader, revision?: number): Promise<Article> {
      const query = visible(reader).where({ id }).first()
      const row: ArticleRow | undefined = await (db.dialect === 'postgres' ? query.forUpdate() : query)
      if (row === undefined) throw articleErrors.ARTICLE_NOT_FOUND({ id })
      if (revision !== undefined && revision !== row.revision)
        throw articleErrors.ARTICLE_CONFLICT({ id, revision: row.revision })
      return toArticle(row)
    },

    /** The one article of a thread, if the reader may see it. */
    async ofThread(threadId: string, reader: Reader): Promise<Article | undefined> {
      const row = await visible(reader).where({ thread_id: threadId }).first()
      return row && toArticle(row)
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

    /** Last changed first. */
    async list({
      reader,
      confidence,
      language,
      flagged,
      cursor,
      limit,
    }: ArticleQuery): Promise<Page<Article>> {
      const query = visible(reader)
        .orderBy([
          { column: 'updated_at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit + 1)
      if (confidence !== undefined) query.where({ confidence })
      if (language !== undefined) query.where({ language })
      if (flagged === true) query.whereIn('id', flaggedArticles(db, reader.audience))
      if (cursor !== undefined) {
        const { key, id } = decodeCursor(cursor)
        query.where((older) =>
          older
            .where('updated_at', '<', key)
            .orWhere((same) => same.where('updated_at', key).andWhere('id', '<', id)),
        )
      }
      const rows: ArticleRow[] = await query
      return toPage(rows.map(toArticle), limit, ({ id, updatedAt }) => ({ key: updatedAt, id }))
    },
  }
}

function toRow(article: Article): ArticleRow {
  return {
    ...contentOf(article),
    id: article.id,
    thread_id: article.threadId ?? null,
    confidence: article.confidence,
    audience: article.audience,
    revision: article.revision,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    published_at: article.publishedAt ?? null,
  }
}

function toArticle(row: ArticleRow): Article {
  return {
    ...contentOf(row),
    id: row.id,
    ...(row.thread_id === null ? {} : { threadId: row.thread_id }),
    confidence: row.confidence,
    audience: row.audience,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
  }
}
