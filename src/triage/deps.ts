import type { AuditLog } from '../access/audit-log.ts'
import type { Ingest } from '../ingest/create-ingest.ts'
import type { SourceStore } from '../ingest/source-store.ts'
import type { AnnotationStore } from '../labels/annotation-store.ts'
import type { FacetStore } from '../labels/facet-store.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Counters } from '../platform/database/change-counters.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { ProtectionStore } from '../threads/protections/protection-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { ChangeStore } from './activations/change-store.ts'
import type { MeasurementStore } from './measurements/measurement-store.ts'
import type { FacetModel } from './predictions/prediction.ts'
import type { PredictionStore } from './predictions/prediction-store.ts'
import type { ConditionReading } from './routing/condition-reading.ts'
import type { DecisionStore } from './routing/decision-store.ts'
import type { RuleSetStore } from './routing/rule-set-store.ts'

/** What it takes to store the posts of a company's own platform. */
export interface IntakeDeps extends TriageDeps {
  readonly threads: Pick<
    ThreadStore,
    'require' | 'facts' | 'idsAfter' | 'find' | 'placeOfPost' | 'placeOfQuestion'
  >
  readonly sources: Pick<SourceStore, 'find' | 'ensure' | 'lock' | 'require'>
  readonly applyRecords: Ingest['applyRecords']
}

/** What the use cases of triage work with. */
export interface TriageDeps {
  readonly db: Database
  readonly clock: Clock
  readonly threads: Pick<ThreadStore, 'require' | 'facts' | 'idsAfter'>
  readonly facets: Pick<FacetStore, 'all' | 'costs' | 'labels' | 'require' | 'requireLabel' | 'protective'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly annotations: Pick<AnnotationStore, 'require'>
  readonly protections: Pick<ProtectionStore, 'recompute' | 'inherited'>
  /** The models in force; cheap to ask often. */
  readonly models: {
    active(counters?: Counters): Promise<readonly FacetModel[]>
    /** Those in force that the last `active()` left out because they cannot be read. */
    unreadable(): readonly { readonly facet: string }[]
  }
  readonly ruleSets: RuleSetStore
  readonly predictions: PredictionStore
  readonly changes: ChangeStore
  readonly measurements: MeasurementStore
  readonly decisions: DecisionStore
  /** Remembers what was read of conditions. */
  readonly reading: ConditionReading
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
}
