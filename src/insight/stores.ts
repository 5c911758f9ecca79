import type { Clock, Database } from '../platform/index.ts'
import { createAlertStore } from './alert-store.ts'
import { createAuditCaseStore } from './audit-case-store.ts'
import { createCurveStore } from './curve-store.ts'
import type { InsightDeps } from './deps.ts'
import { createOutOfFoldCases, type ReadOutOfFold } from './out-of-fold-cases.ts'
import { createParityLookStore } from './parity-look-store.ts'

/** All that insight keeps and reads. */
export function createInsightStores(
  db: Database,
  clock: Clock,
  readOutOfFold: ReadOutOfFold,
): Pick<InsightDeps, 'cases' | 'outOfFold' | 'curves' | 'looks' | 'alerts'> {
  return {
    cases: createAuditCaseStore(db),
    outOfFold: createOutOfFoldCases(db, readOutOfFold),
    curves: createCurveStore(db, clock),
    looks: createParityLookStore(db, clock),
    alerts: createAlertStore(db, clock),
  }
}
