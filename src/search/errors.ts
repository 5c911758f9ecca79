import { defineErrors } from '../platform/index.ts'

export const searchErrors = defineErrors({
  SEARCH_QUERY_EMPTY: [400, 'There is nothing to search for: q is empty'],
  SEARCH_CURSOR_INVALID: [400, 'The cursor is not one that this search gave out'],
})
