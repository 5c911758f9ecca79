export {
  type AuditSnapshot,
  type AuditSnapshotStore,
  type Circumstances,
  createAuditSnapshotStore,
} from './audit-snapshot-store.ts'
export { type BatchChooser, createBatchChooser } from './batch-chooser.ts'
export { type CandidateStore, createCandidateStore } from './candidate-store.ts'
export { type ClaimStore, createClaimStore } from './claim-store.ts'
export type {
  Conflict,
  Ground,
  GroundKind,
  RuledConflict,
  ShownConflict,
  ShownGround,
} from './conflicts/conflict.ts'
export { GROUNDS } from './conflicts/conflict.ts'
export type { ConflictDeps } from './conflicts/conflict-deps.ts'
export { type ConflictJobDeps, conflictJobs } from './conflicts/conflict-jobs.ts'
export { type ConflictQuery, type ConflictStore, createConflictStore } from './conflicts/conflict-store.ts'
export { createDoubtStore, type DoubtStore } from './conflicts/doubt-store.ts'
export { type ConflictSearch, type ConflictSearchSummary, findConflicts } from './conflicts/find-conflicts.ts'
export { type ConflictRuling, ruleOnConflict } from './conflicts/rule-on-conflict.ts'
export { showConflicts } from './conflicts/show-conflicts.ts'

export type { ReviewDeps } from './deps.ts'
export { drawAuditSlice } from './draw-audit-slice.ts'
export { reviewJobs } from './jobs.ts'
export { createMisrouteStore, type Misroute, type MisrouteStore } from './misroute-store.ts'
export { createQueueStore, type QueueStore } from './queue-store.ts'
export { type MisrouteReport, reportMisroute } from './report-misroute.ts'

export { type QueueItem, type QueueRequest, type ReviewQueue, reviewQueue } from './review-queue.ts'
export {
  createSecondOpinionStore,
  type SecondOpinionStore,
} from './second-opinion-store.ts'
export { snapshotAudited } from './snapshot-audited.ts'
export { createReviewStores } from './stores.ts'
export { createTurns, type Turns } from './turns.ts'
export type { Why } from './why.ts'
