import { createCosines } from './cosines.ts'
import { heaviestEntries } from './heaviest-entries.ts'
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

/** Entries of the texts asked about before that are compared; among the candidates all are. */
const ENTRIES = 64
/** Products of two entries that there is time for: of a few texts more entries are compared. */
const PRODUCTS = 10_000_000

export function createCloseness({ texts, asked }: Candidates): Closeness {
  const closest = new Float64Array(texts.size)
  const to = new Float64Array(texts.size)
  const most = Math.max(ENTRIES, Math.floor(PRODUCTS / Math.max(1, asked.size * texts.size)))
  const fewer = createCosines(heaviestEntries(asked, most))
  const near = new Float64Array(asked.size)
  const sources = heaviestEntries(texts, most)
  if (asked.size > 0)
    for (let i = 0; i < texts.size; i++)
      for (const cosine of fewer.to(sources, i, near)) closest[i] = Math.max(closest[i]!, cosine)
  const cosines = createCosines(texts)
  return {
    closest,
    take(candidate) {
      cosines.to(texts, candidate, to)
      for (let i = 0; i < to.length; i++) if (to[i]! > closest[i]!) closest[i] = to[i]!
      // A text without any n-gram is like none, but taken all the same.
      closest[candidate] = 1
    },
  }
}
