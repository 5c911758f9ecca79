import { defineErrors } from '../platform/index.ts'

export const insightErrors = defineErrors({
  PERIOD_INVALID: [400, '"{value}" is no date such as 2026-01-31 or 2026-01-31T09:30:00Z'],
  PERIOD_EMPTY: [400, 'A period ends after it begins: {from} is not before {to}'],
})
