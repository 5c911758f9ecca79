import type { AuditLog } from '../../access/index.ts'
import type { FacetStore, StarterExampleStore, ThreadLabelStore } from '../../labels/index.ts'
import type { ModelVersion, UnseenVerdict, VersionStore } from '../../models/index.ts'
import type { Clock, Database, JobStore, Outbox } from '../../platform/index.ts'
import type { ThreadStore } from '../../threads/index.ts'
import type { TopicStore } from '../topics/topic-store.ts'
import type { DriftModel } from './drift-model.ts'
import type { ReportStore } from './report-store.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import type { TrafficStore } from './traffic-store.ts'

/** What measuring drift works with. */
export interface DriftDeps {
  readonly db: Database
  readonly clock: Clock
  readonly facets: Pick<FacetStore, 'require' | 'all'>
  readonly starterExamples: Pick<StarterExampleStore, 'of'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly versions: Pick<VersionStore, 'require'>
  /** The models in force; cheap to ask often. */
  readonly models: { active(): Promise<readonly DriftModel[]> }
  /** What was said of training threads by models that had not seen them. */
  readonly unseenVerdicts: (version: ModelVersion) => Promise<readonly UnseenVerdict[]>
  readonly traffic: TrafficStore
  readonly snapshots: SnapshotStore
  readonly reports: ReportStore
  readonly topics: TopicStore
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue' | 'enqueueAll'>
}
