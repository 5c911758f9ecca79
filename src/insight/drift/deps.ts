import type { AuditLog } from '../../access/audit-log.ts'
import type { FacetStore } from '../../labels/facet-store.ts'
import type { StarterExampleStore } from '../../labels/starter-example-store.ts'
import type { ThreadLabelStore } from '../../labels/thread-label-store.ts'
import type { HeldOutPrediction } from '../../models/gate/held-out-predictions.ts'
import type { ModelVersion } from '../../models/registry/model-version.ts'
import type { VersionStore } from '../../models/registry/version-store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Outbox } from '../../platform/jobs/events.ts'
import type { JobStore } from '../../platform/jobs/job-store.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import type { TopicStore } from '../topics/topic-store.ts'
import type { DriftModel } from './read-posts.ts'
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
  /** The active models; cheap to call often. */
  readonly models: { active(): Promise<readonly DriftModel[]> }
  /** Held-out predictions of a version's training threads. */
  readonly heldOutPredictions: (version: ModelVersion) => Promise<readonly HeldOutPrediction[]>
  readonly traffic: TrafficStore
  readonly snapshots: SnapshotStore
  readonly reports: ReportStore
  readonly topics: TopicStore
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue' | 'enqueueAll'>
}
