import type { Actor } from '../../access/actor.ts'
import { CodedError } from '../../platform/errors.ts'
import { setState } from '../publication/set-state.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { articleReviewErrors } from './errors.ts'
import type { ReviewDeps } from './find-reviews.ts'

/** What became of one of several decisions that were to be undone. */
export interface UndoneReview {
  readonly decisionId: string
  readonly articleId?: string
  readonly code?: string
}

/** Undoes decisions on reviews (at most 100), each on its own. */
export async function undoReviews(
  deps: ReviewDeps,
  { decisionIds, actor }: { readonly decisionIds: readonly string[]; readonly actor: Actor },
): Promise<UndoneReview[]> {
  const undone: UndoneReview[] = []
  for (const decisionId of decisionIds)
    try {
      undone.push({ decisionId, articleId: await undoReview(deps, decisionId, actor) })
    } catch (error) {
      if (!(error instanceof CodedError) || error.status >= 500) throw error
      undone.push({ decisionId, code: error.code })
    }
  return undone
}

/**
 * Puts a review back as it was before a decision: its check is taken back, its article comes out of the archive. Undoing
 * again changes nothing.
 *
 * @returns the article's id
 */
async function undoReview(deps: ReviewDeps, id: string, actor: Actor): Promise<string> {
  return deps.db.transaction(async () => {
    await deps.reviewSettings.lock()
    const decision = await deps.reviewDecisions.find(id)
    const article = decision && (await deps.articles.find(decision.articleId, readerOf(actor)))
    if (decision === undefined || article === undefined)
      throw articleReviewErrors.ARTICLE_REVIEW_DECISION_NOT_FOUND({ id })
    const { articleId, before, archived, checkId } = decision
    if (decision.undoneAt !== undefined) return articleId
    const now = (await deps.reviews.of([articleId])).get(articleId)
    const isChanged = archived !== undefined && article.revision !== archived.revision
    if (now?.decisionId !== id || isChanged)
      throw articleReviewErrors.ARTICLE_REVIEW_DECIDED_SINCE({ id: articleId })
    if (archived === undefined && before.ownerId !== actor.id)
      requireRights(actor, article, await governanceOf(deps, article), ['edit'])
    if (archived !== undefined) {
      const { confidence, revision } = archived
      // It was seen by these readers before: what there was to confirm was confirmed then.
      await setState(deps, { id: articleId, confidence, revision, confirmWiderAudience: true, actor })
    }
    if (checkId !== undefined) await deps.checks.remove(articleId, checkId)
    await deps.reviewDecisions.markUndone(id)
    await deps.reviews.put(before)
    await deps.audit.record('article.review-undone', actor, articleId, { before: { decision: id } })
    return articleId
  })
}
