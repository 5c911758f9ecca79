import { defineErrors } from '../platform/errors.ts'

export const reviewErrors = defineErrors({
  SKIP_NOT_FOUND: [404, 'You have no skip {id}'],
  DISPUTE_UNEXPLAINED: [400, 'Say in `note` what is wrong, so that a knowledge manager can rule on it'],
  CONFLICT_NOT_FOUND: [404, 'There is no conflict {id}'],
  CONFLICT_CLOSED: [409, 'Conflict {id} is already closed: {outcome}'],
  RULING_UNCLEAR: [400, 'Send either `label` or `confirm`, not both'],
})
