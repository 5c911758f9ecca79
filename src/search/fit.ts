import type { SearchEngine, SearchResult } from './engine/create-search-engine.ts'
import { sharedGramsOf } from './engine/second-stage/compare-letters.ts'

/**
 * From which sum of two shares on, each in [0, 1], the best hit is said to fit: the share of the words, the rarer the
 * more, and that of the query's n-grams of four letters that it holds. Calibrated on stackfaq-en and piaf-fr:
 * `docs/internals/search.md` has the figures.
 */
const LEAST = 0.7

/** Whether a document answers a query at all, as far as its words and letters say. */
export function fitsQuery(engine: SearchEngine, id: string, query: string, result: SearchResult): boolean {
  return fitOf(engine, id, query, result) >= LEAST
}

/** How much of a query a document holds, of its words and of its letters together, in [0, 2]. */
export function fitOf(engine: SearchEngine, id: string, query: string, result: SearchResult): number {
  const letters = engine.letters(id)
  return letters === undefined ? 0 : shareOfWords(engine, id, result) + sharedGramsOf(query, letters.all)
}

/** The share of the words asked for that a document holds, by a synonym too; a word that no document holds weighs most. */
function shareOfWords(engine: SearchEngine, id: string, { analysis, weights }: SearchResult): number {
  let all = 0
  let held = 0
  analysis.groups.forEach((group, at) => {
    const weight = weights[at]!
    all += weight
    if (engine.holdsGroup(id, group)) held += weight
  })
  return all === 0 ? 0 : held / all
}
