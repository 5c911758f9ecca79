import { defineErrors } from '../../platform/errors.ts'

export const candidateErrors = defineErrors({
  CANDIDATE_NOT_FOUND: [404, 'There is no candidate {id}'],
  CANDIDATE_DECIDED: [
    409,
    'Candidate {id} is no longer open: it is {state}. Undo that decision, or choose another candidate.',
  ],
  CANDIDATE_MERGED_INTO_ITSELF: [409, 'Candidate {id} cannot be merged into itself'],
  CANDIDATE_TARGET_DECIDED: [
    409,
    'Candidate {id} is no longer open: it is {state}. Choose an open candidate to merge into.',
  ],
  CANDIDATE_LANGUAGES_DIFFER: [
    409,
    'Candidates of two languages cannot be merged: an article is written in one. Promote both, and link the articles as translations.',
  ],
  CANDIDATE_DECISION_NOT_FOUND: [404, 'There is no decision {id}'],
  CANDIDATE_DECIDED_SINCE: [409, 'Another decision on candidate {id} came after this one. Undo that one.'],
  CANDIDATE_ARTICLE_USED: [
    409,
    'Article {id} was there before this promotion, or was edited or published since. Archive the article if it is not wanted.',
  ],
  CANDIDATE_WEIGHTS_CONFLICT: [
    412,
    'The weights were changed after you read them and are now at version {version}. Read them again, then repeat your change.',
  ],
})
