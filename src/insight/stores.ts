import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { createAlertStore } from './alerts/alert-store.ts'
import { createAuditCaseStore } from './audit/audit-case-store.ts'
import { createCurveStore } from './curve/curve-store.ts'
import { createReportStore } from './drift/report-store.ts'
import { createSnapshotStore } from './drift/snapshot-store.ts'
import { createTrafficStore } from './drift/traffic-store.ts'
import { createParityCheckStore } from './parity/check-parity.ts'
import { createHeldOutCases, type ReadHeldOutPredictions } from './parity/held-out-cases.ts'
import { createTopicStore } from './topics/topic-store.ts'

/** All that insight keeps and reads. */
export function createInsightStores(
  db: Database,
  clock: Clock,
  readHeldOutPredictions: ReadHeldOutPredictions,
) {
  return {
    heldOutPredictions: readHeldOutPredictions,
    cases: createAuditCaseStore(db),
    heldOutCases: createHeldOutCases(db, readHeldOutPredictions),
    curves: createCurveStore(db, clock),
    checks: createParityCheckStore(db, clock),
    alerts: createAlertStore(db, clock),
    traffic: createTrafficStore(db),
    snapshots: createSnapshotStore(db, clock),
    reports: createReportStore(db, clock),
    topics: createTopicStore(db, clock),
  }
}
