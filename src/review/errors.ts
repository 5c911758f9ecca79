import { defineErrors } from '../platform/errors.ts'

export const reviewErrors = defineErrors({
  CONFLICT_NOT_FOUND: [404, 'There is no conflict {id}'],
  CONFLICT_CLOSED: [409, 'Conflict {id} is closed: {outcome}'],
  RULING_UNCLEAR: [400, 'A ruling gives a label, or says that the one that stands is right'],
})
