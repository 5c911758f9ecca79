import type { AuditLog } from '../access/audit-log.ts'
import type { SourceStore } from '../ingest/source-store.ts'
import type { FacetStore } from '../labels/facet-store.ts'
import type { GuidelineStore } from '../labels/guidelines/guideline-store.ts'
import type { AuditSliceStore } from '../models/training/audit-slice-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config/config.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { MeasurementStore } from '../triage/measurements/measurement-store.ts'
import type { PredictionStore } from '../triage/predictions/prediction-store.ts'
import type { DecisionStore } from '../triage/routing/decision-store.ts'
import type { RuleSetStore } from '../triage/routing/rule-set-store.ts'
import type { AuditSnapshotStore } from './audit/audit-snapshot-store.ts'
import type { SecondOpinionStore } from './audit/second-opinions.ts'
import type { ClusterStore } from './clusters/cluster-store.ts'
import type { MisrouteStore } from './misroutes/misroute-store.ts'
import type { CandidateStore } from './queue/candidate-store.ts'
import type { BatchChooser } from './queue/choose-batch.ts'
import type { ClaimStore } from './queue/claim-store.ts'
import type { Turns } from './queue/hand-out.ts'
import type { QueueStore } from './queue/queue-store.ts'
import type { SkipStore } from './skips/skip-store.ts'

/** What the use cases of review work with. */
export interface ReviewDeps extends Pick<Config, 'auditShare'> {
  readonly db: Database
  readonly clock: Clock
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'facts' | 'postsOfEach'>
  readonly sources: Pick<SourceStore, 'require'>
  readonly facets: Pick<FacetStore, 'require' | 'labels'>
  readonly guidelines: Pick<GuidelineStore, 'of'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly measurements: Pick<MeasurementStore, 'current'>
  readonly decisions: Pick<DecisionStore, 'currentOf'>
  readonly ruleSets: Pick<RuleSetStore, 'current' | 'byVersion'>
  readonly queue: QueueStore
  readonly candidates: CandidateStore
  readonly claims: ClaimStore
  readonly batches: Pick<BatchChooser, 'choose'>
  readonly turns: Turns
  readonly misroutes: MisrouteStore
  readonly skips: SkipStore
  /** Opens and closes the conflicts of threads on a facet, after what they rest on has changed. */
  readonly recomputeConflicts: (facetId: string, threadIds: readonly string[]) => Promise<void>
  readonly clusters: ClusterStore
  readonly auditSlice: Pick<AuditSliceStore, 'add' | 'countOf' | 'undrawnOf'>
  readonly snapshots: AuditSnapshotStore
  readonly secondOpinions: Pick<SecondOpinionStore, 'threads'>
  readonly audit: AuditLog
  readonly outbox: Outbox
}
