import type { SparseIndex } from '../../text/sparse-index.ts'
import type { UnfinishedWord } from './analyse-query.ts'

export interface WeightedTerm {
  readonly term: string
  /** What an occurrence counts for, beside 1 for the word itself. */
  readonly weight: number
}

/** Terms that an unfinished word may become: more add nothing that a reader would see. */
const MOST_EXPANSIONS = 32
const EXPANSION_WEIGHT = 0.7

/**
 * What a word that is still being typed may become: stems it has outgrown, and the most frequent terms that start with
 * it.
 *
 * @param frequency documents the reader may see that hold a term: what he may not see does not steer the choice
 */
export function expandWord(
  index: SparseIndex,
  { prefix, stems }: UnfinishedWord,
  frequency: (term: string) => number,
): WeightedTerm[] {
  const candidates = index.termsWithPrefix(prefix).sort((a, b) => b.postings - a.postings)
  let best: { term: string; frequency: number }[] = []
  for (const { term, postings } of candidates) {
    // Counting is the costly part; nobody further down can be more frequent than that.
    if (best.length === MOST_EXPANSIONS && postings < best[MOST_EXPANSIONS - 1]!.frequency) break
    best.push({ term, frequency: frequency(term) })
    best.sort((a, b) => b.frequency - a.frequency || (a.term < b.term ? -1 : 1))
    best = best.slice(0, MOST_EXPANSIONS)
  }
  const longer = best.filter((candidate) => candidate.frequency > 0).map(({ term }) => term)
  return [...longer, ...stems].map((term) => ({ term, weight: EXPANSION_WEIGHT }))
}
