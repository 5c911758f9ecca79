import type { DisagreementDeps } from '../../labels/deps.ts'
import type { StarterExampleStore } from '../../labels/starter-example-store.ts'
import type { AuditSliceStore } from '../../models/training/audit-slice-store.ts'
import type { Clock } from '../../platform/clock.ts'
import type { ThreadStore } from '../../threads/thread-store.ts'
import type { SkipStore } from '../skips/skip-store.ts'
import type { ConflictStore } from './conflict-store.ts'
import type { LabelIssueStore } from './label-issue-store.ts'

/** What the use cases of the conflict inbox work with. */
export interface ConflictDeps extends DisagreementDeps {
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'facts' | 'idsAfter'>
  readonly starterExamples: StarterExampleStore
  readonly auditSlice: Pick<AuditSliceStore, 'drawnAmong'>
  readonly conflicts: ConflictStore
  readonly labelIssues: LabelIssueStore
  readonly skips: Pick<SkipStore, 'of' | 'disputed'>
  readonly clock: Clock
}
