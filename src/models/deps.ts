import type { AuditLog } from '../access/index.ts'
import type { AnnotationStore, FacetStore, StarterExampleStore, ThreadLabelStore } from '../labels/index.ts'
import type { Clock, Database, JobStore, Outbox } from '../platform/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { ArtefactStore } from './artefact-store.ts'
import type { AuditSliceStore } from './audit-slice-store.ts'
import type { OutOfFoldStore } from './out-of-fold-store.ts'
import type { UnlabelledStore } from './unlabelled-store.ts'
import type { VersionStore } from './version-store.ts'

/** What the use cases of models work with. */
export interface ModelDeps {
  readonly db: Database
  readonly clock: Clock
  readonly facets: FacetStore
  readonly annotations: Pick<AnnotationStore, 'agentVerdicts'>
  readonly starterExamples: StarterExampleStore
  readonly threadLabels: Pick<ThreadLabelStore, 'labelledThreads'>
  readonly threads: Pick<ThreadStore, 'facts'>
  readonly versions: VersionStore
  readonly artefacts: ArtefactStore
  readonly outOfFold: OutOfFoldStore
  readonly auditSlice: Pick<AuditSliceStore, 'drawnAmong'>
  readonly unlabelled: UnlabelledStore
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: JobStore
}
