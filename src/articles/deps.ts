import type { AuditLog } from '../access/index.ts'
import type { ThreadLabelStore } from '../labels/index.ts'
import type { Clock, Database, IdentifierPattern, JobStore, Outbox } from '../platform/index.ts'
import type { Search } from '../search/index.ts'
import type { ThreadStore } from '../threads/index.ts'
import type { ArticleStore } from './article-store.ts'
import type { EvidenceStore } from './evidence-store.ts'
import type { RevisionStore } from './revision-store.ts'

/** What the use cases of articles work with. */
export interface ArticleDeps {
  readonly db: Database
  readonly clock: Clock
  readonly articles: ArticleStore
  readonly revisions: RevisionStore
  readonly evidence: EvidenceStore
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'postsOf'>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly search: Pick<Search, 'documents'>
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
  /** How the company writes its customer and order numbers. */
  readonly identifiers: readonly IdentifierPattern[]
}
