import { defineErrors } from '../../platform/errors.ts'

export const relevanceErrors = defineErrors({
  RELEVANCE_LINE_INVALID: [422, '{file}:{line}: {reason}'],
})
