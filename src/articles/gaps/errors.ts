import { defineErrors } from '../../platform/errors.ts'

/** Faults of deciding on gaps. */
export const gapErrors = defineErrors({
  SEARCH_GAP_NOT_FOUND: [404, 'There is no gap {id} among the searches of these days. Read the list again.'],
  SEARCH_GAP_INCOMPLETE: [400, 'To {decision} a gap, state {missing}'],
})
