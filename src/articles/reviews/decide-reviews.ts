import type { Actor } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { storedTime } from '../../platform/stated-time.ts'
import { archiveArticle } from '../publication/publish-article.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { articleReviewErrors } from './errors.ts'
import type { ReviewDeps } from './find-reviews.ts'
import { requireReview } from './list-reviews.ts'
import type { Review } from './review.ts'
import type { ReviewDecision } from './review-decision-store.ts'

/** What to do about articles that are due. */
export type ReviewChoice = { readonly reason?: string } & (
  | { readonly decision: 'right' }
  | { readonly decision: 'archive' }
  | { readonly decision: 'put-off'; readonly until: string; readonly reason: string }
)

/** What became of one of several reviews: its decision, or why there is none. */
export interface DecidedReview {
  readonly articleId: string
  readonly decisionId?: string
  /** Code of the problem. */
  readonly code?: string
}

/** Decides on reviews (at most 100), each on its own: one that is refused keeps no other back. */
export async function decideReviews(
  deps: ReviewDeps,
  {
    articleIds,
    actor,
    ...choice
  }: ReviewChoice & { readonly articleIds: readonly string[]; readonly actor: Actor },
): Promise<DecidedReview[]> {
  const decided: DecidedReview[] = []
  const made = choice as ReviewChoice
  const checked = made.decision === 'put-off' ? { ...made, until: futureTime(deps, made.until) } : made
  for (const articleId of articleIds)
    try {
      decided.push({ articleId, decisionId: await decideReview(deps, articleId, checked, actor) })
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      decided.push({ articleId, code: error.code })
    }
  return decided
}

/** @throws CodedError ARTICLE_REVIEW_UNTIL_PAST, TIME_UNKNOWN */
function futureTime({ clock }: Pick<ReviewDeps, 'clock'>, stated: string): string {
  const until = storedTime(stated)
  if (until <= clock.now().toISOString()) throw articleReviewErrors.ARTICLE_REVIEW_UNTIL_PAST({ until })
  return until
}

/**
 * That an article is right is recorded with who found so, and clears what asked for the review. The owner of the category
 * may say so, and whoever may edit the article.
 *
 * @returns the id of the decision
 */
async function decideReview(
  deps: ReviewDeps,
  articleId: string,
  choice: ReviewChoice,
  actor: Actor,
): Promise<string> {
  return deps.db.transaction(async () => {
    await deps.reviewSettings.lock()
    const { review, article } = await requireReview(deps.db, articleId, actor)
    const { decision, reason } = choice
    if (decision !== 'archive' && review.ownerId !== actor.id)
      requireRights(actor, article, await governanceOf(deps, article), ['edit'])
    const made: Pick<ReviewDecision, 'checkId' | 'archived' | 'until'> =
      decision === 'right'
        ? { checkId: await deps.checks.add(article, actor) }
        : decision === 'archive'
          ? {
              archived: {
                confidence: article.confidence,
                revision: (await archiveArticle(deps, { id: articleId, actor })).revision,
              },
            }
          : { until: choice.until }
    const id = await deps.reviewDecisions.add({ ...made, articleId, decision, reason, before: review }, actor)
    await deps.reviews.put(afterDecision(review, choice, id))
    await deps.audit.record('article.reviewed', actor, articleId, {
      after: { decision, reason, until: made.until, revision: article.revision },
    })
    return id
  })
}

function afterDecision(review: Review, choice: ReviewChoice, decisionId: string): Review {
  const { until: _, putOffReason: __, ...rest } = review
  if (choice.decision !== 'put-off') return { ...rest, state: 'done', decisionId }
  return { ...rest, state: 'put-off', until: choice.until, putOffReason: choice.reason, decisionId }
}
