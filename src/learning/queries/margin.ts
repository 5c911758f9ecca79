import { byUncertainty, type Uncertainty } from './uncertainty.ts'

/** One less the lead of the first label over the second (Scheffer et al. 2001). */
export const marginUncertainty: Uncertainty = ({ ranks, probabilities }, row) => {
  const first = row * ranks
  return 1 - (probabilities[first]! - (ranks > 1 ? probabilities[first + 1]! : 0))
}

/** Asks about what is torn between two labels. */
export const margin = byUncertainty(marginUncertainty)
