import { finish, step } from '../../text/terms/ngram-characters.ts'
import { createCosines, heaviestEntries } from './coverage.ts'
import type { Candidates, QueryPool } from './query-strategy.ts'

/**
 * The rows of highest score, the highest first, ties by id. NaN counts as the lowest score.
 *
 * @param scored score of each row of the pool
 * @returns positions in the pool: `limit` of them, or all where there are fewer
 */
export function bestRows({ ids }: QueryPool, scored: Float64Array, limit: number): Int32Array {
  const scores = scored.map((score) => (Number.isNaN(score) ? -Infinity : score))
  const most = Math.max(0, Math.min(Math.floor(limit), scores.length))
  if (!(most > 0)) return new Int32Array(0)
  // Sorting numbers alone is an order of magnitude faster than sorting rows by them.
  const bound = scores.slice().sort()[scores.length - most]!
  const eligible: number[] = []
  for (let row = 0; row < scores.length; row++) if (scores[row]! >= bound) eligible.push(row)
  eligible.sort(
    (a, b) => (scores[a] === scores[b] ? 0 : scores[b]! - scores[a]!) || (ids[a]! < ids[b]! ? -1 : 1),
  )
  return Int32Array.from(eligible.slice(0, most))
}

/** A random number in [0, 1) for each row, a function of its id and the seed, so that the order of rows has no effect. */
export function drawByChance({ ids, seed }: Pick<QueryPool, 'ids' | 'seed'>): Float64Array {
  const start = finish(seed ^ 0x9e3779b9)
  return Float64Array.from(ids, (id) => {
    let hash = start
    for (let at = 0; at < id.length; at++) hash = step(hash, id.charCodeAt(at))
    return finish(hash) / 4294967296
  })
}

/** The first rows of the shortlist, for strategies that compare no texts. */
export function firstCandidates(candidates: Candidates, count: number): Int32Array {
  return candidates.rows.slice(0, Math.max(0, Math.floor(count)))
}

/**
 * Least cosine of near-duplicates. Decision 0010 also joins two questions from 0.75; here n-grams of characters count as
 * well, which makes texts more similar.
 */
const NEAR_DUPLICATE = 0.75

/** How similar each candidate is to the texts chosen or asked about before. */
export interface Closeness {
  /** Greatest cosine of each candidate to any text asked about or chosen, in [0, 1]. */
  readonly closest: Float64Array
  /** Chooses a candidate, which raises the closeness of those similar to it. */
  take(candidate: number): void
}

/** Fewest entries compared of a text asked about before; candidates are compared with each other by all entries. */
const ENTRIES = 64
/** About the most products of two entries to compute: with few texts more entries are compared. */
const PRODUCTS = 10_000_000

function createCloseness({ texts, asked }: Candidates): Closeness {
  const closest = new Float64Array(texts.size)
  const to = new Float64Array(texts.size)
  const most = Math.max(ENTRIES, Math.floor(PRODUCTS / Math.max(1, asked.size * texts.size)))
  const fewer = createCosines(heaviestEntries(asked, most))
  const near = new Float64Array(asked.size)
  const sources = heaviestEntries(texts, most)
  if (asked.size > 0)
    for (let i = 0; i < texts.size; i++) {
      fewer.to(sources, i, near)
      for (let at = 0; at < near.length; at++) if (near[at]! > closest[i]!) closest[i] = near[at]!
    }
  const cosines = createCosines(texts)
  return {
    closest,
    take(candidate) {
      cosines.to(texts, candidate, to)
      for (let i = 0; i < to.length; i++) if (to[i]! > closest[i]!) closest[i] = to[i]!
      // A text without n-grams is similar to none, not even to itself.
      closest[candidate] = 1
    },
  }
}

/**
 * Chooses candidates one by one, each time the one of greatest worth, the first of equals, and never a near-duplicate of
 * a text chosen or asked about before. May therefore choose fewer than `count`.
 *
 * @param worth of a candidate, given the number chosen so far
 * @param onTaken called with each chosen candidate before the next choice
 */
export function takeGreedily(
  candidates: Candidates,
  count: number,
  worth: (candidate: number, closeness: Closeness, taken: number) => number,
  onTaken: (candidate: number) => void = () => {},
): Int32Array {
  const closeness = createCloseness(candidates)
  const taken: number[] = []
  while (taken.length < count) {
    let best = -1
    let most = -Infinity
    for (let i = 0; i < candidates.rows.length; i++) {
      if (closeness.closest[i]! >= NEAR_DUPLICATE) continue
      const value = worth(i, closeness, taken.length)
      if (value > most) {
        best = i
        most = value
      }
    }
    if (best < 0) break
    taken.push(candidates.rows[best]!)
    closeness.take(best)
    onTaken(best)
  }
  return Int32Array.from(taken)
}
