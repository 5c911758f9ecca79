import type { Clock, Database } from '../platform/index.ts'
import { createAlertStore } from './alert-store.ts'
import { createAuditCaseStore } from './audit-case-store.ts'
import { createCurveStore } from './curve-store.ts'
import { createReportStore } from './drift/report-store.ts'
import { createSnapshotStore } from './drift/snapshot-store.ts'
import { createTrafficStore } from './drift/traffic-store.ts'
import { createOutOfFoldCases, type ReadOutOfFold } from './out-of-fold-cases.ts'
import { createParityLookStore } from './parity-look-store.ts'
import { createTopicStore } from './topics/topic-store.ts'

/** All that insight keeps and reads. */
export function createInsightStores(db: Database, clock: Clock, readOutOfFold: ReadOutOfFold) {
  return {
    unseenVerdicts: readOutOfFold,
    cases: createAuditCaseStore(db),
    outOfFold: createOutOfFoldCases(db, readOutOfFold),
    curves: createCurveStore(db, clock),
    looks: createParityLookStore(db, clock),
    alerts: createAlertStore(db, clock),
    traffic: createTrafficStore(db),
    snapshots: createSnapshotStore(db, clock),
    reports: createReportStore(db, clock),
    topics: createTopicStore(db, clock),
  }
}
