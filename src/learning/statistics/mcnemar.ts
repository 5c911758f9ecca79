import { LearningError } from '../errors.ts'
import { binomialCdf } from './binomial.ts'

/**
 * The exact one-sided McNemar test: how probable it is that at least `lost` of `lost + gained` cases in which two
 * verdicts differ fall on one side, were either side as probable (McNemar 1947; Fay 2010, "Two-sided exact tests and
 * matching confidence intervals for discrete data", section 3). Cases in which both are right or both wrong say nothing.
 *
 * @param lost cases that only the first had right
 * @param gained cases that only the second had right
 * @returns the probability, in (0, 1]: small where the second is worse beyond chance
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function exactMcNemar(lost: number, gained: number): number {
  if (![lost, gained].every((count) => Number.isSafeInteger(count) && count >= 0))
    throw new LearningError('INVALID_ARGUMENT', 'cases are counted in whole numbers from 0')
  // P(X ≥ lost) = P(X ≤ gained), as X is symmetric about half of all.
  return binomialCdf(gained, lost + gained, 0.5)
}
