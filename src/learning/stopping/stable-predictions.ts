import { cohensKappa } from './kappa.ts'
import type { StoppingCriterion } from './stopping-criterion.ts'

export interface StablePredictionsOptions {
  /** Mean agreement from which predictions are stable; 0.99 unless told. */
  readonly agreement?: number
  /** Pairs of successive models that the mean is of; 3 unless told. */
  readonly window?: number
}

/**
 * Stops where the models of successive batches agree on a stop set: the mean of Cohen's kappa over a window (Bloodgood &
 * Vijay-Shanker 2009, section 3; `KappaAverage` of small-text).
 */
export function stablePredictions({
  agreement = 0.99,
  window = 3,
}: StablePredictionsOptions = {}): StoppingCriterion {
  return {
    shouldStop({ stopSet = [] }) {
      const recent = stopSet.slice(-(window + 1))
      if (recent.length <= window || recent[0]!.length === 0) return false
      let sum = 0
      for (let at = 0; at < window; at++) sum += cohensKappa(recent[at]!, recent[at + 1]!)
      return sum / window >= agreement
    },
  }
}
