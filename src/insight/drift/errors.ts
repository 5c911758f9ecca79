import { defineErrors } from '../../platform/index.ts'

export const driftErrors = defineErrors({
  DRIFT_NO_MODEL: [409, 'Facet "{facet}" has no model in force: there is nothing to have drifted from'],
})
