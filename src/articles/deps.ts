import type { AuditLog } from '../access/audit-log.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { IdentifierPattern } from '../platform/identifier-patterns.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { Search } from '../search/search.ts'
import type { ProtectionStore } from '../threads/protections/protection-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { ArticleStore } from './article-store.ts'
import type { CitationStore } from './citation-store.ts'
import type { DraftStore } from './drafts/draft-store.ts'
import type { RevisionStore } from './revision-store.ts'

/** What the use cases of articles work with. */
export interface ArticleDeps {
  readonly db: Database
  readonly clock: Clock
  readonly articles: ArticleStore
  readonly revisions: RevisionStore
  readonly drafts: DraftStore
  readonly citations: CitationStore
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'postsOf'>
  readonly protections: Pick<ProtectionStore, 'find' | 'lockOn'>
  /** Brings protections of threads up to date with labels and predictions. */
  readonly protectThreads: (threadIds: readonly string[]) => Promise<void>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly search: Pick<Search, 'documents'>
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
  /** How the company writes its customer and order numbers. */
  readonly identifiers: readonly IdentifierPattern[]
}
