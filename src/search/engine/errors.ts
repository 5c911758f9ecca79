import { defineErrors } from '../../platform/errors.ts'

export const engineErrors = defineErrors({
  SEARCH_SNAPSHOT_FOREIGN: [500, 'Not a search snapshot of this version: {reason}'],
  SEARCH_SNAPSHOT_CORRUPT: [500, 'The search snapshot is damaged: {reason}'],
})
