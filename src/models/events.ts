import type { DomainEvent } from '../platform/jobs/events.ts'

/** A version of a facet's model was trained and judged, whether it was let through or not. */
export interface ModelTrained extends DomainEvent {
  readonly type: 'model.trained'
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
}

/** From now on this version predicts the facet. */
export interface ModelActivated extends DomainEvent {
  readonly type: 'model.activated'
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  /** The version's number within its facet. */
  readonly version: number
  /** Number of the version whose place it took. */
  readonly replaced?: number
  readonly activatedAt: string
}
