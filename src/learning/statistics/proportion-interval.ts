import { LearningError } from '../errors.ts'
import { twoSided, Z_95 } from './normal-distribution.ts'

export type Interval = readonly [low: number, high: number]

/** So many of so many. */
export interface Tally {
  readonly count: number
  readonly of: number
}

/**
 * 95 % confidence interval of a proportion (Wilson 1927; the score interval without continuity correction).
 *
 * @param share in [0, 1]
 * @returns `[0, 1]` where there are no cases
 */
export function wilsonInterval(share: number, n: number): [low: number, high: number] {
  if (n === 0) return [0, 1]
  const z = Z_95
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const reach = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}

/** Two proportions apart: `one − other`. */
export interface ProportionDifference {
  readonly difference: number
  /** 95 % confidence interval (Newcombe 1998, method 10). */
  readonly interval: Interval
  /** Of no difference at all, two-sided: the z test with the pooled variance. */
  readonly p: number
}

/**
 * Compares proportions of two independent samples.
 *
 * @throws LearningError `INVALID_ARGUMENT` where either sample is empty
 */
export function compareProportions(one: Tally, other: Tally): ProportionDifference {
  if (one.of === 0 || other.of === 0) throw new LearningError('INVALID_ARGUMENT', 'a sample has no cases')
  const [a, b] = [one.count / one.of, other.count / other.of]
  const [lowA, highA] = wilsonInterval(a, one.of)
  const [lowB, highB] = wilsonInterval(b, other.of)
  const pooled = (one.count + other.count) / (one.of + other.of)
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of))
  return {
    difference: a - b,
    interval: [a - b - Math.hypot(a - lowA, highB - b), a - b + Math.hypot(highA - a, b - lowB)],
    p: deviation === 0 ? 1 : twoSided((a - b) / deviation),
  }
}
