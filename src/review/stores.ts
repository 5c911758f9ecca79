import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { createAuditSnapshotStore } from './audit/audit-snapshot-store.ts'
import { createSecondOpinionStore } from './audit/second-opinions.ts'
import { createClusterStore } from './clusters/cluster-store.ts'
import { createConflictStore } from './conflicts/conflict-store.ts'
import { createLabelIssueStore } from './conflicts/label-issue-store.ts'
import { createMisrouteStore } from './misroutes/misroute-store.ts'
import { createCandidateStore } from './queue/candidate-store.ts'
import { createBatchChooser } from './queue/choose-batch.ts'
import { createClaimStore } from './queue/claim-store.ts'
import { createTurns } from './queue/hand-out.ts'
import { createQueueStore } from './queue/queue-store.ts'
import { createSkipStore } from './skips/skip-store.ts'

/** All that review keeps and reads. */
export function createReviewStores(db: Database, clock: Clock) {
  return {
    queue: createQueueStore(db),
    candidates: createCandidateStore(db),
    claims: createClaimStore(db, clock),
    batches: createBatchChooser(),
    turns: createTurns(),
    misroutes: createMisrouteStore(db, clock),
    skips: createSkipStore(db, clock),
    clusters: createClusterStore(db),
    snapshots: createAuditSnapshotStore(db),
    conflicts: createConflictStore(db, clock),
    labelIssues: createLabelIssueStore(db, clock),
    secondOpinions: createSecondOpinionStore(db, clock),
  }
}
