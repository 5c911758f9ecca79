import { createTopHits, type Hit } from './top-hits.ts'

// Passes over the documents `docs[0 … count)` that a query matched, by their scores.

/** The highest score; 0 of none. */
export function highest(scores: Float64Array, docs: Uint32Array, count: number): number {
  let best = 0
  for (let i = 0; i < count; i++) best = Math.max(best, scores[docs[i]!]!)
  return best
}

/** How many have that score or more. */
export function countFrom(scores: Float64Array, docs: Uint32Array, count: number, least: number): number {
  let found = 0
  for (let i = 0; i < count; i++) if (scores[docs[i]!]! >= least) found++
  return found
}

interface Wanted {
  readonly limit: number
  /** Score that a hit has at least. */
  readonly least: number
  idOf(doc: number): string
}

/** The best of them, best first. */
export function bestHits(
  scores: Float64Array,
  docs: Uint32Array,
  count: number,
  { limit, least, idOf }: Wanted,
): Hit[] {
  const top = createTopHits(limit)
  let threshold = Math.max(least, top.threshold())
  for (let i = 0; i < count; i++) {
    const doc = docs[i]!
    const score = scores[doc]!
    if (score < threshold) continue
    top.push({ id: idOf(doc), score })
    threshold = Math.max(least, top.threshold())
  }
  return top.sorted()
}
