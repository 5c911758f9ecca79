import { LearningError } from '../errors.ts'
import { normalTail } from './distributions.ts'

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
    throw new LearningError('INVALID_ARGUMENT', 'a difference must be a number')
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

/** Whether values of one group tend to be greater than those of another. */
interface RankComparison {
  /** Pairs in which the value of the first group is greater; equal ones count half (Mann & Whitney 1947). */
  readonly u: number
  /** The same as a share of all pairs: 0.5 where neither tends to be greater (Vargha & Delaney 2000). */
  readonly effect: number
  /** One-sided: the chance of so great a `u`, were there no difference; normal approximation, corrected for ties. */
  readonly p: number
}

/** Compares two groups of numbers by their ranks; `p` is 1 where a group is empty or all values are equal. */
export function compareRanks(first: readonly number[], second: readonly number[]): RankComparison {
  const n = first.length
  const m = second.length
  if (n === 0 || m === 0) return { u: 0, effect: 0.5, p: 1 }
  const all = Float64Array.from([...first, ...second]).sort()
  const total = n + m
  const rankOf = new Map<number, number>()
  let ties = 0
  for (let from = 0; from < total; ) {
    let to = from + 1
    while (to < total && all[to] === all[from]) to++
    const size = to - from
    rankOf.set(all[from]!, (from + 1 + to) / 2)
    ties += size ** 3 - size
    from = to
  }
  let ranks = 0
  for (const value of first) ranks += rankOf.get(value)!
  const u = ranks - (n * (n + 1)) / 2
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)))
  const p = variance > 0 ? normalTail((u - (n * m) / 2) / Math.sqrt(variance)) : 1
  return { u, effect: u / (n * m), p }
}
