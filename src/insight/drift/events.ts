import type { DriftKind } from '../../learning/drift/measure-drift.ts'
import type { DomainEvent } from '../../platform/jobs/events.ts'

/** Recent posts differ from those before the active model; appended once a facet and day. */
export interface DriftFound extends DomainEvent {
  readonly type: 'drift.found'
  readonly facet: string
  readonly facetId: string
  readonly reportId: string
  readonly kinds: readonly DriftKind[]
}
