import type { FacetStore } from '../labels/facet-store.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { VersionStore } from '../models/registry/version-store.ts'
import type { UnlabelledStore } from '../models/training/unlabelled-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { RuleSetStore } from '../triage/routing/rule-set-store.ts'
import type { AlertStore } from './alerts/alert-store.ts'
import type { AuditCaseStore } from './audit/audit-case-store.ts'
import type { CurveStore } from './curve/curve-store.ts'
import type { HeldOutCases } from './held-out-cases.ts'
import type { ParityCheckStore } from './parity/check-parity.ts'

/** What the use cases of insight work with. */
export interface InsightDeps {
  readonly db: Database
  readonly clock: Clock
  readonly facets: Pick<FacetStore, 'require' | 'all' | 'descriptions'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly unlabelled: UnlabelledStore
  readonly versions: Pick<VersionStore, 'active' | 'list' | 'require'>
  readonly ruleSets: Pick<RuleSetStore, 'byVersion'>
  readonly cases: AuditCaseStore
  readonly heldOutCases: HeldOutCases
  readonly curves: CurveStore
  readonly checks: ParityCheckStore
  readonly alerts: AlertStore
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
}
