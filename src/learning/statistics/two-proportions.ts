import { LearningError } from '../errors.ts'

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
    throw new LearningError('INVALID_ARGUMENT', 'successes are whole numbers from 0 to that of the cases')
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
