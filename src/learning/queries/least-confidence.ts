import { byUncertainty } from './uncertainty.ts'

/** Asks about what has no likely label: one less the highest probability (Lewis & Gale 1994). */
export const leastConfidence = byUncertainty(
  ({ ranks, probabilities }, row) => 1 - probabilities[row * ranks]!,
)
