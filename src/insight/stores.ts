import type { StarterExampleStore } from '../labels/starter-example-store.ts'
import type { ModelVersion } from '../models/registry/model-version.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { createAlertStore } from './alerts/alert-store.ts'
import { createAuditCaseStore } from './audit/audit-case-store.ts'
import { createCurveStore } from './curve/curve-store.ts'
import { createReportStore } from './drift/report-store.ts'
import { createSnapshotStore } from './drift/snapshot-store.ts'
import { createTrafficStore } from './drift/traffic-store.ts'
import { createHeldOutCases, type ReadVersionPredictions } from './held-out-cases.ts'
import { createParityCheckStore } from './parity/check-parity.ts'
import { createTopicStore } from './topics/topic-store.ts'
import { createPairReader } from './versions/read-pairs.ts'
import { createThreadCountStore } from './versions/thread-count-store.ts'

/** All that insight keeps and reads. */
export function createInsightStores(
  db: Database,
  clock: Clock,
  starterExamples: Pick<StarterExampleStore, 'of'>,
  readPredictions: ReadVersionPredictions,
) {
  return {
    heldOutPredictions: async (version: ModelVersion) => (await readPredictions(version))?.rows ?? [],
    cases: createAuditCaseStore(db),
    heldOutCases: createHeldOutCases(db, starterExamples, readPredictions),
    curves: createCurveStore(db, clock),
    checks: createParityCheckStore(db, clock),
    alerts: createAlertStore(db, clock),
    traffic: createTrafficStore(db),
    snapshots: createSnapshotStore(db, clock),
    reports: createReportStore(db, clock),
    topics: createTopicStore(db, clock),
    threadCounts: createThreadCountStore(db),
    pairs: createPairReader(),
  }
}
