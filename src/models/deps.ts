import type { AuditLog } from '../access/audit-log.ts'
import type { AnnotationStore } from '../labels/annotation-store.ts'
import type { FacetStore } from '../labels/facet-store.ts'
import type { StarterExampleStore } from '../labels/starter-example-store.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { ArtefactStore } from './registry/artefact-store.ts'
import type { HeldOutStore } from './registry/held-out-store.ts'
import type { VersionStore } from './registry/version-store.ts'
import type { AuditSliceStore } from './training/audit-slice-store.ts'
import type { UnlabelledStore } from './training/unlabelled-store.ts'

/** What the use cases of models work with. */
export interface ModelDeps {
  readonly db: Database
  readonly clock: Clock
  /** Folder of what is kept on this machine. */
  readonly home: string
  readonly facets: FacetStore
  readonly annotations: Pick<AnnotationStore, 'agentAnnotations'>
  readonly starterExamples: StarterExampleStore
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly versions: VersionStore
  readonly artefacts: ArtefactStore
  readonly heldOut: HeldOutStore
  readonly auditSlice: Pick<AuditSliceStore, 'drawnAmong'>
  readonly unlabelled: UnlabelledStore
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: JobStore
}
