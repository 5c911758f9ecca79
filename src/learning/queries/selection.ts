import { finish, step } from '../../text/terms/ngram-characters.ts'
import { createCosines, heaviestEntries } from './coverage.ts'
import type { Candidates, QueryPool } from './query-strategy.ts'

/**
 * The rows of highest score, the highest first, equals by id; never more than there are. Scores that are no numbers come last.
 *
 * @param scored of each row of the pool
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

/** A number in [0, 1) for each row, drawn by its id and the seed, so that the order of rows makes no difference. */
export function drawByChance({ ids, seed }: Pick<QueryPool, 'ids' | 'seed'>): Float64Array {
  const start = finish(seed ^ 0x9e3779b9)
  return Float64Array.from(ids, (id) => {
    let hash = start
    for (let at = 0; at < id.length; at++) hash = step(hash, id.charCodeAt(at))
    return finish(hash) / 4294967296
  })
}

/** Takes the shortlist as it is, for strategies that look at no text. */
export function firstCandidates(candidates: Candidates, count: number): Int32Array {
  return candidates.rows.slice(0, Math.max(0, Math.floor(count)))
}

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
      // A text without any n-gram is like none, but taken all the same.
      closest[candidate] = 1
    },
  }
}

/**
 * Takes one candidate after another, each time the one worth most, and never one that is a near-duplicate of a text
 * asked about before; so it may take fewer than `count`.
 *
 * @param worth of each candidate, given what was taken; the first of equals is taken
 * @param onTaken told which was taken, before the next is weighed
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
