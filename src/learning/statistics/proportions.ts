import { LearningError } from '../errors.ts'
import { logChoose, sumOfTerms, twoSided, Z_95 } from './distributions.ts'

/** So many of so many: `count` whole numbers from 0 to `of`. */
export interface Proportion {
  readonly count: number
  readonly of: number
}

export type Interval = readonly [low: number, high: number]

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

/** A share in [0, 1] with its 95 % confidence interval. */
export interface ShareEstimate {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** A share and its 95 % interval (Wilson 1927); without cases, 0 with the interval from 0 to 1. */
export function estimateShare({ count, of }: Proportion): ShareEstimate {
  const share = of > 0 ? count / of : 0
  const [low, high] = wilsonInterval(share, of)
  return { share, low, high }
}

/** The difference of two shares: `one − other`. */
export interface ProportionDifference {
  readonly difference: number
  /** 95 % confidence interval (Newcombe 1998, method 10). */
  readonly interval: Interval
  /** Two-sided p-value of no difference: the z test with the pooled variance. */
  readonly p: number
}

/**
 * Compares proportions of two independent samples.
 *
 * @throws LearningError `INVALID_ARGUMENT` where either sample is empty
 */
export function compareProportions(one: Proportion, other: Proportion): ProportionDifference {
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

/** Tables within this relative distance of the observed one count as equally probable, in spite of rounding. */
const ROUNDING = 1e-7

/**
 * Fisher's exact test, two-sided: the probability of a table at most as probable as this one if both groups had the
 * same share (Fisher 1935; Agresti 2002, section 3.5). Valid for any counts.
 *
 * @throws LearningError `INVALID_ARGUMENT` where counts are not whole numbers from 0 to that of the cases
 */
export function fisherExact(one: Proportion, other: Proportion): number {
  const isValid = ({ of, count }: Proportion) =>
    Number.isSafeInteger(of) && Number.isSafeInteger(count) && count >= 0 && count <= of
  if (!isValid(one) || !isValid(other))
    throw new LearningError('INVALID_ARGUMENT', 'counts must be whole numbers from 0 to the number of cases')
  const all = one.of + other.of
  const count = one.count + other.count
  const logs = logFactorials(all)
  const choose = (n: number, k: number) => logs[n]! - logs[k]! - logs[n - k]!
  const total = choose(all, count)
  const probability = (k: number) => Math.exp(choose(one.of, k) + choose(other.of, count - k) - total)
  const observed = probability(one.count) * (1 + ROUNDING)
  let sum = 0
  for (let k = Math.max(0, count - other.of); k <= Math.min(one.of, count); k++) {
    const each = probability(k)
    if (each <= observed) sum += each
  }
  return Math.min(1, sum)
}

function logFactorials(upTo: number): Float64Array {
  const logs = new Float64Array(upTo + 1)
  for (let n = 1; n <= upTo; n++) logs[n] = logs[n - 1]! + Math.log(n)
  return logs
}

/**
 * Fisher's exact test, one-sided (Fisher 1935): the probability, given the total count, that `now` has as large a
 * count or a larger one if both groups had the same share. Small where the share of `now` is greater beyond chance.
 */
export function fisherGreater(now: Proportion, before: Proportion): number {
  const count = now.count + before.count
  const all = now.of + before.of
  const most = Math.min(count, now.of)
  const least = Math.max(0, count - before.of)
  if (now.count <= least) return 1
  const logTerm = logChoose(now.of, now.count) + logChoose(before.of, before.count) - logChoose(all, count)
  const ratio = (i: number) => ((now.of - i) / (i + 1)) * ((count - i) / (before.of - count + i + 1))
  return sumOfTerms(Math.exp(logTerm), now.count, most, ratio)
}

/**
 * Dunning's log-likelihood ratio `-2 ln λ` that two shares are the same (1993, section 5): 0 where they are, greater
 * the less likely that is. Unlike Pearson's χ² it does not overrate what occurred once or twice.
 */
export function logLikelihoodRatio(one: Proportion, other: Proportion): number {
  const pooled = { count: one.count + other.count, of: one.of + other.of }
  return Math.max(
    0,
    2 *
      (logLikelihood(one, one) +
        logLikelihood(other, other) -
        logLikelihood(one, pooled) -
        logLikelihood(other, pooled)),
  )
}

/** Log-likelihood of the observed counts if the share were that of `assumed`. */
function logLikelihood(observed: Proportion, assumed: Proportion): number {
  const share = assumed.count / assumed.of
  const others = observed.of - observed.count
  return (
    (observed.count > 0 ? observed.count * Math.log(share) : 0) +
    (others > 0 ? others * Math.log1p(-share) : 0)
  )
}
