import type { AuditLog } from '../access/index.ts'
import type { FacetStore, ThreadLabelStore } from '../labels/index.ts'
import type { Clock, Database, JobStore, Outbox } from '../platform/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { DecisionStore } from './decision-store.ts'
import type { FacetModel } from './prediction.ts'
import type { PredictionStore } from './prediction-store.ts'
import type { RuleSetStore } from './rule-set-store.ts'

/** What the use cases of triage work with. */
export interface TriageDeps {
  readonly db: Database
  readonly clock: Clock
  readonly threads: Pick<ThreadStore, 'require' | 'facts' | 'idsAfter'>
  readonly facets: Pick<FacetStore, 'all' | 'labels'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  /** The models in force; cheap to ask often. */
  readonly models: { active(): Promise<readonly FacetModel[]> }
  readonly ruleSets: RuleSetStore
  readonly predictions: PredictionStore
  readonly decisions: DecisionStore
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
}
