import { LearningError } from '../errors.ts'

/** Up to so many differences the distribution is counted out; beyond, the normal one is close. */
const COUNTED_OUT = 60

/**
 * Wilcoxon's signed-rank test, one-sided (Wilcoxon 1945): how probable it is that ranks of positive differences add up
 * to so much, were each as likely negative. Differences of 0 are left out, equal ones share their ranks. Exact up to 60
 * differences, beyond by the normal approximation with continuity correction (Hollander & Wolfe 1999, section 3.1).
 *
 * @returns small where differences are positive beyond chance; 1 without any
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function signedRank(differences: readonly number[]): number {
  if (differences.some((difference) => Number.isNaN(difference)))
    throw new LearningError('INVALID_ARGUMENT', 'a difference is a number')
  const signed = differences.filter((difference) => difference !== 0)
  if (signed.length === 0) return 1
  const ranks = doubledRanks(signed)
  const negative = ranks.reduce((sum, rank, at) => sum + (signed[at]! < 0 ? rank : 0), 0)
  return signed.length <= COUNTED_OUT ? counted(ranks, negative) : approximated(ranks, negative)
}

/** Twice the rank by size of each, so that shared ranks are whole numbers. */
function doubledRanks(differences: readonly number[]): number[] {
  const order = [...differences.keys()].sort((a, b) => Math.abs(differences[a]!) - Math.abs(differences[b]!))
  const ranks = new Array<number>(differences.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    const size = Math.abs(differences[order[from]!]!)
    while (to < order.length && Math.abs(differences[order[to]!]!) === size) to++
    for (let at = from; at < to; at++) ranks[order[at]!] = from + 1 + to
    from = to
  }
  return ranks
}

/** Share of the `2^n` ways to sign the ranks in which the negative ones add up to no more. */
function counted(ranks: readonly number[], negative: number): number {
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  const ways = new Float64Array(total + 1)
  ways[0] = 1
  for (const rank of ranks)
    for (let sum = total; sum >= rank; sum--) ways[sum] = ways[sum]! + ways[sum - rank]!
  return ways.subarray(0, negative + 1).reduce((sum, each) => sum + each, 0) / 2 ** ranks.length
}

function approximated(ranks: readonly number[], negative: number): number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2
  const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0)) / 2
  return normalCdf((negative + 1 - mean) / deviation)
}

/** Abramowitz & Stegun 1964, 26.2.17: off by less than 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
  return z < 0 ? tail : 1 - tail
}
