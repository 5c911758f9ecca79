import { createRandom } from './random.ts'

/**
 * How much would be learned from the label of a row with these probabilities: the higher, the sooner to ask.
 * The strategies are those of Settles 2009, section 3.1.
 */
export type Uncertainty = (probabilities: ArrayLike<number>) => number

/** One less the highest probability. */
export const leastConfidence: Uncertainty = (probabilities) => {
  let highest = 0
  for (let c = 0; c < probabilities.length; c++) highest = Math.max(highest, probabilities[c]!)
  return 1 - highest
}

/** One less the lead of the first label over the second (Scheffer et al. 2001). */
export const margin: Uncertainty = (probabilities) => {
  let first = 0
  let second = 0
  for (let c = 0; c < probabilities.length; c++) {
    const p = probabilities[c]!
    if (p > first) {
      second = first
      first = p
    } else if (p > second) second = p
  }
  return 1 - (first - second)
}

/** Shannon's entropy, in nats. */
export const entropy: Uncertainty = (probabilities) => {
  let sum = 0
  for (let c = 0; c < probabilities.length; c++) {
    const p = probabilities[c]!
    if (p > 0) sum -= p * Math.log(p)
  }
  return sum
}

/** A strategy that pays no heed to the probabilities: seeded uniform scores, a new one each call. */
export function randomUncertainty(seed: number): Uncertainty {
  const random = createRandom(seed)
  return () => random.next()
}

/**
 * The rows to ask about next, most uncertain first; of equals, the earlier row.
 *
 * @param rows probabilities, one array a row
 * @returns at most `count` positions in `rows`
 */
export function selectQueries(
  rows: readonly ArrayLike<number>[],
  count: number,
  uncertainty: Uncertainty,
): number[] {
  const scores = rows.map((row) => uncertainty(row))
  return [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, Math.max(0, count))
}
