import { LearningError } from '../errors.ts'
import { twoSided, Z_95 } from './distributions.ts'

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
  if (one.of === 0 || other.of === 0) throw new LearningError('INVALID_ARGUMENT', 'the sample has no cases')
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

/** Cases of a group, and how many of them succeeded. */
export interface Proportion {
  readonly of: number
  readonly successes: number
}

/** Tables as probable as the one seen count as no more probable in spite of rounding. */
const ROUNDING = 1e-7

/**
 * Fisher's exact test, two-sided: how probable a table at most as probable as this one is, were both groups' shares
 * of successes the same (Fisher 1935; Agresti 2002, section 3.5). Holds for any counts.
 *
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function fisherExact(one: Proportion, other: Proportion): number {
  const sound = ({ of, successes }: Proportion) =>
    Number.isSafeInteger(of) && Number.isSafeInteger(successes) && successes >= 0 && successes <= of
  if (!sound(one) || !sound(other))
    throw new LearningError(
      'INVALID_ARGUMENT',
      'successes must be whole numbers from 0 to the number of cases',
    )
  const all = one.of + other.of
  const successes = one.successes + other.successes
  const logs = logFactorials(all)
  const choose = (n: number, k: number) => logs[n]! - logs[k]! - logs[n - k]!
  const total = choose(all, successes)
  const probability = (k: number) => Math.exp(choose(one.of, k) + choose(other.of, successes - k) - total)
  const seen = probability(one.successes) * (1 + ROUNDING)
  let sum = 0
  for (let k = Math.max(0, successes - other.of); k <= Math.min(one.of, successes); k++) {
    const each = probability(k)
    if (each <= seen) sum += each
  }
  return Math.min(1, sum)
}

function logFactorials(upTo: number): Float64Array {
  const logs = new Float64Array(upTo + 1)
  for (let n = 1; n <= upTo; n++) logs[n] = logs[n - 1]! + Math.log(n)
  return logs
}
