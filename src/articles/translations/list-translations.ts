import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../../platform/page.ts'
import { readableThreads } from '../../threads/readable-threads.ts'
import type { Confidence } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { readableArticles, readerOf } from '../readable-articles.ts'
import { translationErrors } from './errors.ts'
import { staleSince } from './translation-store.ts'

export const TRANSLATION_LISTS = ['missing', 'stale'] as const
export type TranslationList = (typeof TRANSLATION_LISTS)[number]

export interface ListedTranslation {
  readonly state: TranslationList
  /** Into which a translation is missing, or which the stale one is in. */
  readonly language: string
  readonly original: ListedArticle
  /** The stale one. */
  readonly translation?: ListedArticle
  readonly staleSince?: string
  /** Passages that wait for a translator. */
  readonly passages?: number
  /** What the original and its translation were used for. */
  readonly uses: number
  /** Of the threads that the original was made from. */
  readonly views: number
}

interface ListedArticle {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly confidence: Confidence
  readonly audience: Audience
}

interface Wanted {
  readonly state: TranslationList
  readonly language?: string
  readonly cursor?: string
  readonly limit?: number
  readonly actor: Actor
}

interface Row {
  id: string
  original_id: string
  uses: number
  views: number | string
  since?: string | null
  passages?: number | string
}

/**
 * Lists translations that are missing or stale, by demand: first those whose articles were used most, then those whose
 * threads were viewed most. Missing ones are those of published articles.
 *
 * @throws CodedError TRANSLATION_LANGUAGE_NEEDED, CURSOR_INVALID
 */
export async function listTranslations(deps: ArticleDeps, wanted: Wanted): Promise<Page<ListedTranslation>> {
  const { state, language, cursor, limit = 20, actor } = wanted
  if (state === 'missing' && language === undefined) throw translationErrors.TRANSLATION_LANGUAGE_NEEDED()
  const { db } = deps
  const found = state === 'missing' ? missing(deps, wanted) : stale(deps, wanted)
  const query = db.sql.from(found.as('d')).select('d.*')
  query.orderBy([
    { column: 'd.uses', order: 'desc' },
    { column: 'd.views', order: 'desc' },
    { column: 'd.id', order: 'asc' },
  ])
  if (cursor !== undefined) afterCursor(query, cursor, `${state} ${language}`)
  const rows = await db.longRead<Row>(query.limit(limit + 1))
  const page = toPage(rows, limit, ({ id, uses, views }) => ({
    key: `${uses} ${views}`,
    id,
    order: `${state} ${language}`,
  }))
  const articles = await articlesOf(deps, page.items, actor)
  const items = page.items.flatMap((row): ListedTranslation[] => {
    const original = articles.get(row.original_id)
    const translation = articles.get(row.id)
    // Gone between the two reads.
    if (original === undefined || translation === undefined) return []
    const counts = { uses: Number(row.uses), views: Number(row.views) }
    if (state === 'missing') return [{ state, language: language!, original, ...counts }]
    return [
      {
        state,
        language: translation.language,
        original,
        translation,
        staleSince: row.since ?? undefined,
        passages: Number(row.passages),
        ...counts,
      },
    ]
  })
  return { ...page, items }
}

function missing({ db }: ArticleDeps, { language, actor }: Wanted): Knex.QueryBuilder {
  const reader = readerOf(actor)
  const links = () => db.sql('article_translations as l')
  const translated = links().whereIn(
    'l.article_id',
    readableArticles(db, reader).where('articles.language', language).select('articles.id'),
  )
  return readableArticles(db, reader)
    .where('articles.confidence', 'validated')
    .whereNot('articles.language', 'und')
    .whereNot('articles.language', language)
    .whereNotIn('articles.id', links().select('l.article_id'))
    .whereNotIn('articles.id', translated.select('l.original_id'))
    .select('articles.id', { original_id: 'articles.id' }, 'articles.uses', {
      views: viewsOf(db, 'articles.id', actor.audience),
    })
}

function stale({ db }: ArticleDeps, { language, actor }: Wanted): Knex.QueryBuilder {
  const reader = readerOf(actor)
  const query = readableArticles(db, reader)
    .join('article_translations as l', 'l.article_id', 'articles.id')
    .join('articles as o', 'o.id', 'l.original_id')
    .whereIn('o.id', readableArticles(db, reader).select('articles.id'))
    .whereNot('articles.confidence', 'archived')
    .whereIn(
      'articles.id',
      db.sql('article_translation_passages as w').whereNotNull('w.since').select('w.article_id'),
    )
    .select('articles.id', {
      original_id: db.sql.ref('l.original_id'),
      uses: db.sql.raw('articles.uses + o.uses'),
      views: viewsOf(db, 'o.id', actor.audience),
      since: staleSince(db),
      passages: db
        .sql('article_translation_passages as q')
        .where('q.article_id', db.sql.ref('articles.id'))
        .whereNot('q.state', 'translated')
        .count('*'),
    })
  return language === undefined ? query : query.where('articles.language', language)
}

/** Views of those of an article's threads that the reader may see: others must not move it in the list. */
function viewsOf(db: ArticleDeps['db'], articleId: string, reader: Audience): Knex.QueryBuilder {
  return readableThreads(db, reader, { which: 'unremoved' })
    .join('article_threads as v', 'v.thread_id', 't.id')
    .where('v.article_id', db.sql.ref(articleId))
    .select(db.sql.raw('coalesce(sum(t.views), 0)'))
}

/** @throws CodedError CURSOR_INVALID */
function afterCursor(query: Knex.QueryBuilder, cursor: string, order: string): void {
  const { key, id } = decodeCursor(cursor, order)
  const [uses, views] = key.split(' ').map(Number)
  if (!/^\d{1,9} \d{1,15}$/.test(key) || uses === undefined || views === undefined) throw invalidCursor()
  query.where((after) =>
    after
      .where('d.uses', '<', uses)
      .orWhere((same) => same.where('d.uses', uses).where('d.views', '<', views))
      .orWhere((same) => same.where({ 'd.uses': uses, 'd.views': views }).where('d.id', '>', id)),
  )
}

async function articlesOf(
  { db }: ArticleDeps,
  rows: readonly Row[],
  actor: Actor,
): Promise<Map<string, ListedArticle>> {
  const ids = [...new Set(rows.flatMap(({ id, original_id }) => [id, original_id]))]
  const found: ListedArticle[] = await readableArticles(db, readerOf(actor))
    .whereIn('articles.id', ids)
    .select('id', 'title', 'language', 'confidence', 'audience')
  return new Map(found.map((article) => [article.id, article]))
}
