export { type AuditSliceStore, createAuditSliceStore } from './audit-slice-store.ts'
export {
  type AuditSnapshot,
  type AuditSnapshotStore,
  type Circumstances,
  createAuditSnapshotStore,
} from './audit-snapshot-store.ts'
export type { ReviewDeps } from './deps.ts'
export { drawAuditSlice } from './draw-audit-slice.ts'
export { reviewJobs } from './jobs.ts'
export { createMisrouteStore, type Misroute, type MisrouteStore } from './misroute-store.ts'
export { createQueueStore, type QueueStore } from './queue-store.ts'
export { type MisrouteReport, reportMisroute } from './report-misroute.ts'
export { type QueueItem, type ReviewQueue, reviewQueue, type Why } from './review-queue.ts'
export { snapshotAudited } from './snapshot-audited.ts'
