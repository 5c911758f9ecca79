import type { FacetStore, ThreadLabelStore } from '../labels/index.ts'
import type { UnlabelledStore, VersionStore } from '../models/index.ts'
import type { Clock, Database, JobStore, Outbox } from '../platform/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { RuleSetStore } from '../triage/index.ts'
import type { AlertStore } from './alert-store.ts'
import type { AuditCaseStore } from './audit-case-store.ts'
import type { CurveStore } from './curve-store.ts'
import type { OutOfFoldCases } from './out-of-fold-cases.ts'
import type { ParityLookStore } from './parity-look-store.ts'

/** What the use cases of insight work with. */
export interface InsightDeps {
  readonly db: Database
  readonly clock: Clock
  readonly facets: Pick<FacetStore, 'require' | 'all' | 'descriptions'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly unlabelled: UnlabelledStore
  readonly versions: Pick<VersionStore, 'active' | 'list'>
  readonly ruleSets: Pick<RuleSetStore, 'byVersion'>
  readonly cases: AuditCaseStore
  readonly outOfFold: OutOfFoldCases
  readonly curves: CurveStore
  readonly looks: ParityLookStore
  readonly alerts: AlertStore
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
}
