import { defineErrors } from './errors.ts'

/** Of requests whose answer is kept by their key, and of uploads, which keep it with the import. */
export const idempotencyKeyErrors = defineErrors({
  IDEMPOTENCY_KEY_REUSED: [422, 'This Idempotency-Key was used for a different request. Use a new one.'],
})
