import type { Actor } from '../access/actor.ts'
import { slugOf } from '../text/terms/slug.ts'
import type { Article } from './article.ts'
import type { CitationView } from './citation.ts'
import type { Author } from './citation-store.ts'
import type { ArticleDeps } from './deps.ts'
import type { ArticleMerge } from './merges/merge-store.ts'
import { readerOf } from './readable-articles.ts'
import type { Check } from './reviews/review.ts'
import { type ArticleRights, articleRights } from './rights/article-rights.ts'
import { type Governance, type GovernanceDeps, governanceOf } from './rights/governance.ts'
import type { LinkedArticle } from './translations/translation-store.ts'
import type { FeedbackCounts } from './use/feedback-store.ts'
import type { UseCounts } from './use/use.ts'

/** The article that another one became part of, and why. */
export interface MergedInto extends Pick<ArticleMerge, 'reason' | 'by' | 'at'> {
  readonly id: string
  readonly title: string
}

/** An article as a caller sees it, with its citations and authors. */
export interface ArticleView extends Article {
  /** The threads that it was made from, the lead first. */
  readonly threadIds: string[]
  readonly citations: CitationView[]
  readonly authors: Author[]
  /** The same in other languages, as far as the caller may see it. */
  readonly translations: LinkedArticle[]
  /** What it is a translation of; for roles that work on articles. */
  readonly translation?: { readonly originalId: string; readonly staleSince?: string }
  /** What the caller may do with it; for roles that work on articles. */
  readonly may?: ArticleRights
  readonly governance?: Omit<Governance, 'writtenBy'>
  /** For roles that work on articles, as is the next. */
  readonly uses?: UseCounts
  readonly feedback?: FeedbackCounts
  /** The last part of its address. */
  readonly slug: string
  /** What it became part of, where the caller may see that. */
  readonly mergedInto?: MergedInto
  /** Who found it right last, and when. */
  readonly lastCheck?: Check
}

/**
 * Presents an article to a caller. An article may be for more people than its threads: those others see neither the
 * threads nor who wrote in them. Who wrote is also hidden from readers outside where the company decided so.
 */
export async function presentArticle(
  deps: GovernanceDeps &
    Pick<ArticleDeps, 'articles' | 'merges' | 'checks' | 'citations' | 'credits' | 'uses' | 'feedback'>,
  article: Article,
  actor: Actor,
): Promise<ArticleView> {
  const { articles, citations, credits } = deps
  const { audience } = actor
  const { threadId, ...rest } = article
  const threadIds = await citations.readableAmong(await articles.threadsOf(article.id), audience)
  const group = await deps.translations.groupOf(article.id, readerOf(actor))
  const translations = group.filter(({ id }) => id !== article.id)
  const view = {
    ...rest,
    translations,
    threadId: threadIds.find((id) => id === threadId),
    threadIds,
    slug: slugOf(article),
  }
  const cited = await citations.of(article.id, audience)
  if (readerOf(actor).seesDrafts) {
    const { writtenBy, ...governance } = await governanceOf(deps, article)
    const original = translations.find((each) => each.original)
    const staleSince = group.find(({ id }) => id === article.id)?.staleSince
    return {
      ...view,
      translation: original && { originalId: original.id, staleSince },
      citations: cited,
      authors: await citations.authors(article.id, audience),
      may: articleRights(actor, article, { ...governance, writtenBy }),
      governance,
      uses: await deps.uses.countsOf(article.id),
      feedback: await deps.feedback.countsOf(article.id),
      lastCheck: await deps.checks.last(article.id),
      mergedInto: await mergedInto(deps, article, actor),
    }
  }
  if ((await credits.find()) === 'hidden')
    return { ...view, citations: cited.map((citation) => ({ ...citation, author: undefined })), authors: [] }
  return { ...view, citations: cited, authors: await citations.authors(article.id, audience) }
}

async function mergedInto(
  { articles, merges }: Pick<ArticleDeps, 'articles' | 'merges'>,
  { id, confidence }: Article,
  actor: Actor,
): Promise<MergedInto | undefined> {
  const merge = confidence === 'archived' ? await merges.find(id) : undefined
  const into = merge && (await articles.find(merge.into, readerOf(actor)))
  if (merge === undefined || into === undefined) return undefined
  const { reason, by, at } = merge
  return { id: into.id, title: into.title, reason, by, at }
}
