import { marginUncertainty } from '../queries/margin.ts'
import type { StoppingCriterion } from './stopping-criterion.ts'

/**
 * Stops where the model is sure of what is left: the mean uncertainty (one less the margin) of all texts not labelled is
 * below a bound (after Zhu, Wang & Hovy 2008, overall-uncertainty), 0.05 unless told. Where nothing is left it stops.
 */
export function overallUncertainty(bound = 0.05): StoppingCriterion {
  return {
    shouldStop({ beliefs }) {
      if (beliefs === undefined) return false
      const rows = beliefs.ranked.length / beliefs.ranks
      let sum = 0
      for (let row = 0; row < rows; row++) sum += marginUncertainty(beliefs, row)
      return rows === 0 || sum / rows < bound
    },
  }
}
