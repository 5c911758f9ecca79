import type { AuditLog } from '../access/index.ts'
import type { Database, JobStore, Outbox } from '../platform/index.ts'
import type { SourceStore, ThreadStore } from '../threads/index.ts'
import type { AnnotationStore } from './annotation-store.ts'
import type { FacetStore } from './facet-store.ts'
import type { GuidelineStore } from './guideline-store.ts'
import type { ThreadLabelStore } from './thread-label-store.ts'
import type { VoteStore } from './vote-store.ts'

/** What the use cases of labels work with. */
export interface LabelDeps {
  readonly db: Database
  readonly facets: FacetStore
  readonly annotations: AnnotationStore
  readonly threadLabels: ThreadLabelStore
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'facts' | 'idsAfter'>
  readonly sources: Pick<SourceStore, 'byId'>
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: JobStore
}

/** With what it takes to see where labellers disagree, and to rule. */
export interface DisagreementDeps extends LabelDeps {
  readonly votes: VoteStore
  readonly guidelines: GuidelineStore
}
