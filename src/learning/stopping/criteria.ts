import { gainBelow } from './gain-below.ts'
import { overallUncertainty } from './overall-uncertainty.ts'
import { stablePredictions } from './stable-predictions.ts'
import type { StoppingCriterion } from './stopping-criterion.ts'

/** Every stopping criterion with its usual bounds, by the name that people give. */
export const stoppingCriteria = {
  'gain-below': gainBelow(),
  'stable-predictions': stablePredictions(),
  'overall-uncertainty': overallUncertainty(),
} as const satisfies Record<string, StoppingCriterion>

export type StoppingCriterionName = keyof typeof stoppingCriteria
