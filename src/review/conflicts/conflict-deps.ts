import type { DisagreementDeps, StarterExampleStore } from '../../labels/index.ts'
import type { AuditSliceStore } from '../../models/index.ts'
import type { Clock } from '../../platform/index.ts'
import type { ThreadStore } from '../../threads/index.ts'
import type { ConflictStore } from './conflict-store.ts'
import type { DoubtStore } from './doubt-store.ts'

/** What the use cases of the conflict inbox work with. */
export interface ConflictDeps extends DisagreementDeps {
  readonly threads: Pick<ThreadStore, 'require' | 'requireShown' | 'facts' | 'idsAfter'>
  readonly starterExamples: StarterExampleStore
  readonly auditSlice: Pick<AuditSliceStore, 'drawnAmong'>
  readonly conflicts: ConflictStore
  readonly doubts: DoubtStore
  readonly clock: Clock
}
