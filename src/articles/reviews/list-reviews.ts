import type { Knex } from 'knex'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../platform/database/database.ts'
import { decodeCursor, invalidCursor, type Page, toPage } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import type { Article } from '../article.ts'
import { type ArticleRow, toArticle } from '../article-row.ts'
import type { ArticleDeps } from '../deps.ts'
import { readableArticles, readerOf } from '../readable-articles.ts'
import { articleRights } from '../rights/article-rights.ts'
import type { Named } from '../rights/governance.ts'
import { articleReviewErrors } from './errors.ts'
import { type Check, isOpenReason, type Review, type ReviewKind } from './review.ts'
import { type ReviewRow, toReview } from './review-store.ts'

export const REVIEW_OWNERS = ['me', 'unowned', 'all'] as const
export const REVIEW_LISTS = ['open', 'put-off'] as const

/** A review as somebody sees it, with its article. */
export interface ReviewView extends Omit<Review, 'articleId' | 'ownerId' | 'decisionId'> {
  /** Id of the article, which is that of its review. */
  readonly id: string
  readonly article: Pick<Article, 'title' | 'language' | 'confidence' | 'audience' | 'revision' | 'updatedAt'>
  readonly owner?: Named
  readonly lastCheck?: Check
  /** Whether the caller may find it right or put it off, and archive it. */
  readonly may: { readonly check: boolean; readonly archive: boolean }
}

export interface ReviewFilter {
  /** `me`: what the caller was asked for; the others are for knowledge managers. `me` by default. */
  readonly owner?: (typeof REVIEW_OWNERS)[number]
  readonly state?: (typeof REVIEW_LISTS)[number]
  readonly kind?: ReviewKind
}

type JoinedRow = ArticleRow & Omit<ReviewRow, 'uses'>

const MANAGERS: readonly string[] = ['knowledge-manager', 'supervisor', 'admin']

/**
 * The reviews that somebody may see, as `v`, with their articles: what they were asked for, and what others were for those
 * who manage knowledge. Outside of the company nobody learns of reports and posts that ask for one.
 */
function readableReviews(db: Database, actor: Actor): Knex.QueryBuilder {
  const query = readableArticles(db, readerOf(actor))
    .join('article_reviews as v', 'v.article_id', 'articles.id')
    .whereNot('v.state', 'done')
  if (actor.audience !== 'internal') query.whereRaw('v.is_open')
  if (!actor.roles.some((role) => MANAGERS.includes(role)))
    query.where('v.owner_id', actor.id).whereNot('v.state', 'waiting')
  return query
}

const COLUMNS: readonly (keyof Omit<ReviewRow, 'uses'>)[] = [
  'article_id',
  'kind',
  'reasons',
  'is_open',
  'figures',
  'category',
  'owner_id',
  'state',
  'found_at',
  'assigned_at',
  'until',
  'put_off_reason',
  'decision_id',
]

/** @throws CodedError ARTICLE_REVIEW_NOT_FOUND, also for one that the actor may not see */
export async function requireReview(
  db: Database,
  articleId: string,
  actor: Actor,
): Promise<{ readonly review: Review; readonly article: Article }> {
  const row: JoinedRow | undefined = await readableReviews(db, actor)
    .where('v.article_id', articleId)
    .first(['articles.*', ...COLUMNS.map((column) => `v.${column}`)])
  if (row === undefined) throw articleReviewErrors.ARTICLE_REVIEW_NOT_FOUND({ id: articleId })
  return { review: toReview({ ...row, uses: 0 }), article: toArticle({ ...row, uses: 0 }) }
}

/** A page of reviews, those of the most used articles first. @throws CodedError CURSOR_INVALID */
export async function listReviews(
  deps: Pick<ArticleDeps, 'db' | 'accounts' | 'checks'>,
  { cursor, limit = 20, ...filter }: ReviewFilter & PageQuery,
  actor: Actor,
): Promise<Page<ReviewView>> {
  const query = filtered(deps.db, filter, actor)
    .orderBy([
      { column: 'v.uses', order: 'desc' },
      { column: 'v.article_id', order: 'asc' },
    ])
    .limit(limit + 1)
    .select(['articles.*', ...COLUMNS.map((column) => `v.${column}`)])
    .select({ rank: 'v.uses' })
  if (cursor !== undefined) {
    const { key, id } = decodeCursor(cursor, 'uses')
    if (!/^\d{1,9}$/.test(key)) throw invalidCursor()
    query.where((after) =>
      after
        .where('v.uses', '<', Number(key))
        .orWhere((same) => same.where('v.uses', Number(key)).andWhere('v.article_id', '>', id)),
    )
  }
  const rows = await deps.db.longRead<JoinedRow & { rank: number }>(query)
  const page = toPage(rows, limit, ({ rank, id }) => ({ key: String(rank), id, order: 'uses' }))
  const names = new Map<string, Named>()
  const items: ReviewView[] = []
  for (const row of page.items) {
    const { owner_id: ownerId } = row
    const account = ownerId === null || names.has(ownerId) ? undefined : await deps.accounts.find(ownerId)
    if (account !== undefined) names.set(account.id, { id: account.id, name: account.name })
    items.push(
      present(row, actor, {
        owner: ownerId === null ? undefined : names.get(ownerId),
        lastCheck: await deps.checks.last(row.id),
      }),
    )
  }
  return { ...page, items }
}

/** How many reviews the filter lets through, by kind. */
export async function countReviews(
  { db }: Pick<ArticleDeps, 'db'>,
  filter: ReviewFilter,
  actor: Actor,
): Promise<Record<ReviewKind | 'total', number>> {
  const rows = await db.longRead<{ kind: ReviewKind; n: number | string }>(
    filtered(db, filter, actor).groupBy('v.kind').select('v.kind').count('* as n'),
  )
  const of = (kind: ReviewKind) => Number(rows.find((row) => row.kind === kind)?.n ?? 0)
  return { check: of('check'), archive: of('archive'), total: of('check') + of('archive') }
}

function filtered(
  db: Database,
  { owner = 'me', state = 'open', kind }: ReviewFilter,
  actor: Actor,
): Knex.QueryBuilder {
  const query = readableReviews(db, actor)
  if (owner === 'me') query.where('v.owner_id', actor.id)
  if (owner === 'unowned') query.whereNull('v.owner_id')
  if (state === 'put-off') query.where('v.state', 'put-off')
  else query.whereIn('v.state', owner === 'me' ? ['assigned'] : ['assigned', 'waiting'])
  if (kind !== undefined) query.where('v.kind', kind)
  return query
}

function present(row: JoinedRow, actor: Actor, more: Pick<ReviewView, 'owner' | 'lastCheck'>): ReviewView {
  const { articleId, ownerId, decisionId: _, ...review } = toReview({ ...row, uses: 0 })
  const article = toArticle({ ...row, uses: 0 })
  const { title, language, confidence, audience, revision, updatedAt } = article
  const rights = articleRights(actor, article, { kind: 'experience' })
  return {
    ...review,
    ...more,
    id: articleId,
    reasons: actor.audience === 'internal' ? review.reasons : review.reasons.filter(isOpenReason),
    article: { title, language, confidence, audience, revision, updatedAt },
    may: { check: rights.edit || ownerId === actor.id, archive: rights.archive },
  }
}
