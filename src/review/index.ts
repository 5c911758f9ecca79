export { type AuditSliceStore, createAuditSliceStore } from './audit-slice-store.ts'
export type { Conflict, Ground, GroundKind, RuledConflict, ShownConflict, ShownGround } from './conflict.ts'
export { GROUNDS } from './conflict.ts'
export type { ConflictDeps } from './conflict-deps.ts'
export { type ConflictJobDeps, conflictJobs } from './conflict-jobs.ts'
export { type ConflictQuery, type ConflictStore, createConflictStore } from './conflict-store.ts'
export type { ReviewDeps } from './deps.ts'
export { createDoubtStore, type DoubtStore } from './doubt-store.ts'
export { drawAuditSlice } from './draw-audit-slice.ts'
export { type ConflictSearch, type ConflictSearchSummary, findConflicts } from './find-conflicts.ts'
export { reviewJobs } from './jobs.ts'
export { createMisrouteStore, type Misroute, type MisrouteStore } from './misroute-store.ts'
export { createQueueStore, type QueueStore } from './queue-store.ts'
export { type MisrouteReport, reportMisroute } from './report-misroute.ts'
export { type QueueItem, type ReviewQueue, reviewQueue, type Why } from './review-queue.ts'
export { type ConflictRuling, ruleOnConflict } from './rule-on-conflict.ts'
export {
  createSecondOpinionStore,
  type SecondOpinionQuery,
  type SecondOpinionStore,
} from './second-opinion-store.ts'
export { showConflicts } from './show-conflicts.ts'
