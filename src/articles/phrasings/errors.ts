import { defineErrors } from '../../platform/errors.ts'

/** Faults of deciding on phrasings. */
export const phrasingErrors = defineErrors({
  ARTICLE_PHRASING_NOT_FOUND: [404, 'Article {id} has no phrasing {phrasing}. Read the list again.'],
  ARTICLE_PHRASING_TOO_SHORT: [
    400,
    'A phrasing needs at least two words that say something. Write it as a customer would ask.',
  ],
  ARTICLE_PHRASING_PERSONAL_DATA: [
    400,
    'The phrasing holds personal data ({kinds}). Leave it out, then add the phrasing again.',
  ],
  ARTICLE_PHRASING_LIMIT: [409, 'Article {id} has {most} phrasings that people added. Remove one first.'],
})
