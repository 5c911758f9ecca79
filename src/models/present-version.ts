import type { ModelVersion } from './model-version.ts'

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
    ...(version.activatedAt !== undefined && { activatedAt: version.activatedAt }),
    ...(version.retiredAt !== undefined && { retiredAt: version.retiredAt }),
  }
}
