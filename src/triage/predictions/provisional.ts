import { english, french, type Sentences } from '../../text/wording.ts'
import type { ProvisionalLabel } from '../routing/routing-rule.ts'
import type { Prediction } from './prediction.ts'

/** A label that rules may use although the model abstained. */
export type ProvisionalPrediction = Omit<ProvisionalLabel, 'facet'>

/** What rules may use of a prediction provisionally; undefined where there is nothing. */
export function provisionalOf({
  label,
  confidence,
  provisional,
}: Pick<Prediction, 'label' | 'confidence' | 'provisional'>): ProvisionalPrediction | undefined {
  return provisional && { label, confidence, ...provisional }
}

/** Says what a provisional assignment is worth. */
export function describeProvisional({ label, estimatedError }: ProvisionalPrediction): Sentences {
  return {
    en: `Provisional: “${label}” is not assigned, because the risk budget cannot be shown to be kept yet. About ${english.percent(estimatedError)} of predictions as sure as this one are wrong.`,
    fr: `Provisoire\u00a0: «\u00a0${label}\u00a0» n’est pas attribuée, car on ne peut pas encore montrer que le budget de risque est respecté. Environ ${french.percent(estimatedError)} des prédictions aussi sûres que celle-ci sont fausses.`,
  }
}
