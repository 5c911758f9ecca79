import type { Clock, Database } from '../platform/index.ts'
import { createAuditSnapshotStore } from './audit-snapshot-store.ts'
import { createBatchChooser } from './batch-chooser.ts'
import { createCandidateStore } from './candidate-store.ts'
import { createClaimStore } from './claim-store.ts'
import { createConflictStore } from './conflicts/conflict-store.ts'
import { createDoubtStore } from './conflicts/doubt-store.ts'
import { createMisrouteStore } from './misroute-store.ts'
import { createQueueStore } from './queue-store.ts'
import { createSecondOpinionStore } from './second-opinion-store.ts'
import { createTurns } from './turns.ts'

/** All that review keeps and reads. */
export function createReviewStores(db: Database, clock: Clock) {
  return {
    queue: createQueueStore(db),
    candidates: createCandidateStore(db),
    claims: createClaimStore(db, clock),
    batches: createBatchChooser(),
    turns: createTurns(),
    misroutes: createMisrouteStore(db, clock),
    snapshots: createAuditSnapshotStore(db),
    conflicts: createConflictStore(db, clock),
    doubts: createDoubtStore(db, clock),
    secondOpinions: createSecondOpinionStore(db, clock),
  }
}
