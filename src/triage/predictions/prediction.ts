import type { Classification, LabelConfidence } from '../../learning/classifier.ts'
import type { AbstentionReason } from '../../learning/risk/abstention.ts'
import { fourDigits } from '../../platform/four-digits.ts'
import { LEAST_PROBABILITY, type SubjectLabel } from '../routing/routing-rule.ts'

/** What a model version predicts for one facet of a text. */
export interface Prediction extends SubjectLabel {
  /** The model's own decision; whether it is acted on is another question: see `actedOn`. */
  readonly decision: 'assigned' | 'abstained'
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  /** The version's number within its facet. */
  readonly modelVersion: number
  /** The likeliest labels in order, `label` itself first unless costs chose another; also when the model abstained. */
  readonly alternatives: readonly LabelConfidence[]
  /** Why the model abstained; absent where it assigned the label. */
  readonly reason?: AbstentionReason
  /** A key of the risk budgets that the decision was made under; equal for equal budgets. */
  readonly budgets: string
}

/** How unsure a model version is of a text, over all its labels. The review queue orders threads by it. */
interface Uncertainty {
  /** The lead of the likeliest label over the second, in [0, 1]: the lower, the less sure. */
  readonly margin: number
  /** Shannon's entropy of the labels' probabilities, in nats: the higher, the less sure. */
  readonly entropy: number
}

/** A prediction with its uncertainty, as the model makes it. */
export interface FreshPrediction extends Prediction {
  readonly probabilities: Readonly<Record<string, number>>
  readonly uncertainty: Uncertainty
}

/** The active model of one facet, as `models` provides it. */
export interface FacetModel {
  readonly facet: string
  readonly facetId: string
  readonly versionId: string
  readonly version: number
  readonly budgets: string
  /** Estimates the error of labels that it never assigns, because their budget cannot be shown to be kept. */
  readonly provisional?: (label: string, confidence: number, score?: number) => number | undefined
  readonly classifier: { classify(text: string): Classification }
}

/** The probabilities of a prediction as they are shown. */
export function rounded({ confidence, alternatives }: Pick<Prediction, 'confidence' | 'alternatives'>) {
  return {
    confidence: fourDigits(confidence),
    alternatives: alternatives.map((each) => ({
      label: each.label,
      confidence: fourDigits(each.confidence),
    })),
  }
}

/** Alternatives kept: as many as the review gives digits; labels beyond these are too unlikely to be useful. */
const ALTERNATIVES = 9

/** Predicts a text's label on the facet of a model. */
export function predict(model: FacetModel, text: string): FreshPrediction {
  return toPrediction(model, model.classifier.classify(text))
}

/** The prediction that a model makes of a text that it has classified. */
export function toPrediction(
  { facet, facetId, versionId, version, budgets, provisional }: FacetModel,
  { label, confidence, decision, reason, alternatives, costs }: Classification,
): FreshPrediction {
  const isCandidate = decision === 'abstained' && reason !== 'unlike-anything-seen'
  const estimatedError = isCandidate ? provisional?.(label, confidence, costs?.score) : undefined
  return {
    facet,
    facetId,
    versionId,
    modelVersion: version,
    label,
    confidence,
    decision,
    alternatives: mostLikely(alternatives, label),
    reason,
    provisional: estimatedError === undefined ? undefined : { estimatedError },
    budgets,
    probabilities: probabilitiesOf(alternatives),
    uncertainty: uncertaintyOf(alternatives),
  }
}

/** The first ones, always with the label given, which costs may have chosen from far behind. */
function mostLikely(ranked: readonly LabelConfidence[], label: string): LabelConfidence[] {
  const kept = ranked.slice(0, ALTERNATIVES)
  if (kept.some((each) => each.label === label)) return kept
  return [...kept.slice(0, -1), ranked.find((each) => each.label === label)!]
}

/** @param ranked every label, the likeliest first */
function probabilitiesOf(ranked: readonly LabelConfidence[]): Record<string, number> {
  return Object.fromEntries(
    ranked
      .filter(({ confidence }) => confidence >= LEAST_PROBABILITY)
      .map(({ label, confidence }) => [label, confidence]),
  )
}

/** The label of a person as conditions see it. */
export function givenLabel(label: string): SubjectLabel {
  return { label, confidence: 1, decision: 'assigned', probabilities: { [label]: 1 } }
}

/** @param ranked every label, the likeliest first */
function uncertaintyOf(ranked: readonly LabelConfidence[]): Uncertainty {
  let entropy = 0
  for (const { confidence } of ranked) if (confidence > 0) entropy -= confidence * Math.log(confidence)
  return { margin: (ranked[0]?.confidence ?? 0) - (ranked[1]?.confidence ?? 0), entropy }
}
