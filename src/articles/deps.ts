import type { AccountStore } from '../access/accounts/account-store.ts'
import type { AuditLog } from '../access/audit-log.ts'
import type { FacetStore } from '../labels/facet-store.ts'
import type { ThreadLabelStore } from '../labels/thread-label-store.ts'
import type { Clock } from '../platform/clock.ts'
import type { IdentifierPattern } from '../platform/config/identifier-patterns.ts'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { Search } from '../search/search.ts'
import type { ProtectionStore } from '../threads/protections/protection-store.ts'
import type { ThreadStore } from '../threads/thread-store.ts'
import type { AddressStore } from './addresses/address-store.ts'
import type { ArticleStore } from './article-store.ts'
import type { CitationStore } from './citation-store.ts'
import type { CreditsSetting } from './credits/credits.ts'
import type { DraftStore } from './drafts/draft-store.ts'
import type { OriginStore } from './imports/origin-store.ts'
import type { MergeStore } from './merges/merge-store.ts'
import type { PassageStore } from './passages/passage-store.ts'
import type { PhrasingStore } from './phrasings/phrasing-store.ts'
import type { WaiverStore } from './privacy/waiver-store.ts'
import type { ReadRecorder } from './reads/read-recorder.ts'
import type { CheckStore } from './reviews/check-store.ts'
import type { RevisionStore } from './revision-store.ts'
import type { ApprovalStore } from './rights/approval-store.ts'
import type { CategoryStore } from './rights/category-store.ts'
import type { LockStore } from './translations/lock-store.ts'
import type { TranslationProposer } from './translations/translation-proposer.ts'
import type { TranslationStore } from './translations/translation-store.ts'
import type { FeedbackStore } from './use/feedback-store.ts'
import type { ReportStore } from './use/report-store.ts'
import type { UseStore } from './use/use-store.ts'

/** What the use cases of articles work with. */
export interface ArticleDeps {
  readonly db: Database
  readonly clock: Clock
  readonly articles: ArticleStore
  readonly addresses: AddressStore
  readonly merges: MergeStore
  readonly checks: CheckStore
  readonly reads: Pick<ReadRecorder, 'note'>
  readonly revisions: RevisionStore
  readonly drafts: DraftStore
  readonly citations: CitationStore
  readonly origins: OriginStore
  readonly passages: PassageStore
  readonly waivers: WaiverStore
  readonly categories: CategoryStore
  readonly approvals: ApprovalStore
  readonly credits: CreditsSetting
  readonly reports: ReportStore
  readonly uses: UseStore
  readonly feedback: FeedbackStore
  readonly translations: TranslationStore
  readonly locks: LockStore
  /** Absent where the company runs no translation service. */
  readonly proposer?: TranslationProposer
  readonly accounts: Pick<AccountStore, 'find' | 'list'>
  readonly facets: Pick<FacetStore, 'require' | 'labels' | 'requireLabel'>
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'postsOf' | 'duplicatesOf'>
  readonly protections: Pick<ProtectionStore, 'find' | 'lockOn'>
  /** Brings protections of threads up to date with labels and predictions. */
  readonly protectThreads: (threadIds: readonly string[]) => Promise<void>
  readonly threadLabels: Pick<ThreadLabelStore, 'labelsOf'>
  readonly phrasings: PhrasingStore
  readonly search: Pick<Search, 'documents' | 'log'>
  readonly audit: AuditLog
  readonly outbox: Outbox
  readonly jobs: Pick<JobStore, 'enqueue'>
  /** How the company writes its customer and order numbers. */
  readonly identifiers: readonly IdentifierPattern[]
}
