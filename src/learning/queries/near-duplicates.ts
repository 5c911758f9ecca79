import { createCosines } from './cosines.ts'
import type { Candidates } from './query-strategy.ts'

/**
 * Texts alike by this much ask the same thing (decision 0010 joins two questions from 0.75 on; here n-grams of characters
 * count too, by which texts are more alike).
 */
export const NEAR_DUPLICATE = 0.75

/** How close each candidate is to what was asked about before it. */
export interface Closeness {
  /** Greatest cosine of each candidate to any text asked about or taken, in [0, 1]. */
  readonly closest: Float64Array
  /** Takes a candidate: those like it are closer from now on. */
  take(candidate: number): void
}

export function createCloseness({ texts, asked }: Candidates): Closeness {
  const cosines = createCosines(texts)
  const closest = new Float64Array(texts.size)
  const to = new Float64Array(texts.size)
  const approach = () => {
    for (let i = 0; i < to.length; i++) if (to[i]! > closest[i]!) closest[i] = to[i]!
  }
  for (let row = 0; row < asked.size; row++) {
    cosines.to(asked, row, to)
    approach()
  }
  return {
    closest,
    take(candidate) {
      cosines.to(texts, candidate, to)
      approach()
      // A text without any n-gram is like none, but taken all the same.
      closest[candidate] = 1
    },
  }
}
