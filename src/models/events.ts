/** A version of a facet's model was trained and judged, whether it was let through or not. */
export interface ModelTrained {
  readonly type: 'model.trained'
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  /** The version's number within its facet. */
  readonly version: number
}

/** From now on this version predicts the facet. */
export interface ModelActivated {
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

/** The gate refused a version: the one before it goes on predicting, if there is one. */
export interface ModelRefused {
  readonly type: 'model.refused'
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  readonly version: number
  /** Number of the version that stays active. */
  readonly active?: number
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'model.trained': ModelTrained
    'model.activated': ModelActivated
    'model.refused': ModelRefused
  }
}
