import type { AuditLog } from '../access/audit-log.ts'
import type { SourceStore } from '../ingest/source-store.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { RatingStore } from './agreement/rating-store.ts'
import type { AnnotationStore } from './annotation-store.ts'
import type { FacetStore } from './facet-store.ts'
import type { GuidelineStore } from './guidelines/guideline-store.ts'
import type { ThreadLabelStore } from './thread-label-store.ts'

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
  readonly ratings: RatingStore
  readonly guidelines: GuidelineStore
}
