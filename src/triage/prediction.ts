import type { Classification, LabelConfidence } from '../learning/index.ts'
import type { Verdict } from './routing-subject.ts'

/** What a model version says of one facet of a text. */
export interface Prediction extends Verdict {
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  /** The version's number within its facet. */
  readonly modelVersion: number
  /** The likeliest labels in order, `label` itself first; also when the model abstained. */
  readonly alternatives: readonly LabelConfidence[]
}

/** A model in force for one facet; `models` hands these out. */
export interface FacetModel {
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  readonly version: number
  readonly classifier: { classify(text: string): Classification }
}

/** Alternatives worth keeping: after a few, a label is no help to anyone. */
const ALTERNATIVES = 5

/** What a model in force says of a text. */
export function predict(
  { facet, facetId, versionId, version, classifier }: FacetModel,
  text: string,
): Prediction {
  const { label, confidence, decision, alternatives } = classifier.classify(text)
  return {
    facet,
    facetId,
    versionId,
    modelVersion: version,
    label,
    confidence,
    decision,
    alternatives: alternatives.slice(0, ALTERNATIVES),
  }
}
