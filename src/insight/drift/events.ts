import type { DriftKind } from '../../learning/drift/measure-drift.ts'

/** Recent posts differ from those before the active model; appended once a facet and day. */
export interface DriftFound {
  readonly type: 'drift.found'
  readonly facet: string
  readonly facetId: string
  readonly reportId: string
  readonly kinds: readonly DriftKind[]
  readonly measuredAt: string
}

declare module '../../platform/jobs/events.ts' {
  interface EventMap {
    'drift.found': DriftFound
  }
}
