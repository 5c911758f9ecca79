import type { AuditLog } from '../access/index.ts'
import type { AnnotationStore, FacetStore, GuidelineStore } from '../labels/index.ts'
import type { AuditSliceStore } from '../models/index.ts'
import type { Clock, Config, Database } from '../platform/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { DecisionStore, PredictionStore, RuleSetStore } from '../triage/index.ts'
import type { AuditSnapshotStore } from './audit-snapshot-store.ts'
import type { BatchChooser } from './batch-chooser.ts'
import type { CandidateStore } from './candidate-store.ts'
import type { ClaimStore } from './claim-store.ts'

import type { MisrouteStore } from './misroute-store.ts'
import type { QueueStore } from './queue-store.ts'
import type { SecondOpinionStore } from './second-opinion-store.ts'
import type { Turns } from './turns.ts'

/** What the use cases of review work with. */
export interface ReviewDeps extends Pick<Config, 'auditShare'> {
  readonly db: Database
  readonly clock: Clock
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'facts'>
  readonly facets: Pick<FacetStore, 'require' | 'labels'>
  readonly guidelines: Pick<GuidelineStore, 'of'>
  readonly annotations: Pick<AnnotationStore, 'require'>
  readonly predictions: Pick<PredictionStore, 'of'>
  readonly decisions: Pick<DecisionStore, 'currentOf'>
  readonly ruleSets: Pick<RuleSetStore, 'current'>
  readonly queue: QueueStore
  readonly candidates: CandidateStore
  readonly claims: ClaimStore
  readonly batches: Pick<BatchChooser, 'choose'>
  readonly turns: Turns
  readonly misroutes: MisrouteStore
  readonly auditSlice: Pick<AuditSliceStore, 'add'>
  readonly snapshots: AuditSnapshotStore
  readonly secondOpinions: Pick<SecondOpinionStore, 'threads'>
  readonly audit: AuditLog
}
