export { type AuditSliceStore, createAuditSliceStore } from './audit-slice-store.ts'
export {
  type AuditSnapshot,
  type AuditSnapshotStore,
  type Circumstances,
  createAuditSnapshotStore,
} from './audit-snapshot-store.ts'
export { type BatchChooser, createBatchChooser } from './batch-chooser.ts'
export { type CandidateStore, createCandidateStore } from './candidate-store.ts'
export { type ClaimStore, createClaimStore } from './claim-store.ts'

export type { ReviewDeps } from './deps.ts'
export { drawAuditSlice } from './draw-audit-slice.ts'
export { reviewJobs } from './jobs.ts'
export { createMisrouteStore, type Misroute, type MisrouteStore } from './misroute-store.ts'
export { createQueueStore, type QueueStore } from './queue-store.ts'
export { type MisrouteReport, reportMisroute } from './report-misroute.ts'

export { type QueueItem, type QueueRequest, type ReviewQueue, reviewQueue } from './review-queue.ts'
export { snapshotAudited } from './snapshot-audited.ts'
export { createTurns, type Turns } from './turns.ts'
export type { Why } from './why.ts'
