export { type RejectionCode, sourceErrors } from './errors.ts'
export * from './record.ts'
export { formats, requireFormat } from './registry.ts'
export * from './webhooks/index.ts'
