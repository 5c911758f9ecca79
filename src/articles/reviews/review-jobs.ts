import { type JobHandler, on } from '../../platform/jobs/job-handler.ts'
import { findReviews, type ReviewDeps, recomputeReviews, scheduleFinding } from './find-reviews.ts'
import { FIND_REVIEWS } from './review-settings.ts'

/** How long the changes of one article gather. */
const SETTLING_MS = 3_000

/** Keeps the list of articles that are due for a review. */
export function reviewJobs(deps: ReviewDeps): JobHandler[] {
  return [
    on('article.changed', {
      type: 'articles.recompute-review',
      debounceMs: SETTLING_MS,
      payload: ({ articleId }) => ({ articleId }),
      async perform({ articleId }) {
        await recomputeReviews(deps, [articleId])
        await scheduleFinding(deps)
      },
    }),
    { type: FIND_REVIEWS, bulk: true, perform: (_, signal) => findReviews(deps, signal) },
  ]
}
