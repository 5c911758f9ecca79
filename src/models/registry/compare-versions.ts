import type { EvaluationFigures, ModelVersion } from './model-version.ts'

/** A version as the API returns it. */
export function presentVersion(facet: string, version: ModelVersion) {
  const { report } = version
  return {
    facet,
    version: version.number,
    status: version.status,
    reason: version.reason,
    sentence: report.reason,
    accuracy: report.evaluation.candidate.accuracy,
    coverage: report.evaluation.candidate.coverage,
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
  /** Whether both were evaluated on the same threads with the same labels. */
  readonly sameThreads: boolean
  readonly figures: EvaluationFigures
  readonly otherFigures: EvaluationFigures
}

/** The figures of two versions: from the training that compared them, otherwise each from its own. */
export function compareVersions(version: ModelVersion, other: ModelVersion): VersionComparison {
  const own = version.report.evaluation
  const others = other.report.evaluation
  const pair = { version: version.number, other: other.number }
  if (own.compared?.version === other.number)
    return { ...pair, sameThreads: true, figures: own.compared.candidate, otherFigures: own.compared.active }
  if (others.compared?.version === version.number)
    return {
      ...pair,
      sameThreads: true,
      figures: others.compared.active,
      otherFigures: others.compared.candidate,
    }
  return {
    ...pair,
    sameThreads: own.fingerprint === others.fingerprint,
    figures: own.candidate,
    otherFigures: others.candidate,
  }
}
