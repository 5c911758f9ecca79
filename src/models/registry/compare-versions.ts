import type { HoldOutFigures, ModelVersion } from './model-version.ts'

/** A version as the API tells it. */
export function presentVersion(facet: string, version: ModelVersion) {
  const { report } = version
  return {
    facet,
    version: version.number,
    status: version.status,
    reason: version.reason,
    accuracy: report.holdOut.candidate.accuracy,
    coverage: report.holdOut.candidate.coverage,
    labels: report.labels,
    trainedOn: report.trainedOn,
    annotationsSeen: version.annotationsSeen,
    artefactHash: version.artefactHash,
    createdAt: version.createdAt,
    activatedAt: version.activatedAt,
    retiredAt: version.retiredAt,
  }
}

/** Two versions side by side. */
export interface VersionComparison {
  readonly version: number
  readonly other: number
  /** Whether both were judged on the same threads with the same labels. */
  readonly sameHoldOut: boolean
  readonly figures: HoldOutFigures
  readonly otherFigures: HoldOutFigures
}

/**
 * The figures of two versions: from one of the trainings when it judged both, else each from its own.
 */
export function compareVersions(version: ModelVersion, other: ModelVersion): VersionComparison {
  const own = version.report.holdOut
  const others = other.report.holdOut
  const pair = { version: version.number, other: other.number }
  if (own.compared?.version === other.number)
    return { ...pair, sameHoldOut: true, figures: own.compared.candidate, otherFigures: own.compared.active }
  if (others.compared?.version === version.number)
    return {
      ...pair,
      sameHoldOut: true,
      figures: others.compared.active,
      otherFigures: others.compared.candidate,
    }
  return {
    ...pair,
    sameHoldOut: own.fingerprint === others.fingerprint,
    figures: own.candidate,
    otherFigures: others.candidate,
  }
}
