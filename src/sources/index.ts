export { type RejectionCode, sourceErrors } from './errors.ts'
export * from './record.ts'
export { refuseFuture } from './refuse-future.ts'
export { formats, requireFormat } from './registry.ts'
