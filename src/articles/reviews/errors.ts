import { defineErrors } from '../../platform/errors.ts'

/** Faults of reviewing articles. */
export const articleReviewErrors = defineErrors({
  ARTICLE_REVIEW_NOT_FOUND: [404, 'Article {id} is not due for a review. Read the list again.'],
  ARTICLE_REVIEW_UNTIL_PAST: [400, '{until} is not in the future. Choose a later day.'],
  ARTICLE_REVIEW_DECISION_NOT_FOUND: [404, 'There is no decision {id} on a review'],
  ARTICLE_REVIEW_DECIDED_SINCE: [
    409,
    'Article {id} was changed, or its review was decided again, after this decision. It cannot be undone any more.',
  ],
  ARTICLE_REVIEW_SETTINGS_CONFLICT: [
    412,
    'The settings of reviews were changed after you read them and are now at version {version}. Read them again, then repeat your change.',
  ],
})
