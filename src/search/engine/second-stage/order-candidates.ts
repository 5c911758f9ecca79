import { compareHits, type Hit } from '../top-hits.ts'
import { compareLetters } from './compare-letters.ts'
import type { Letters } from './letter-store.ts'
import { DEFAULT_WEIGHTS, type RankingWeights } from './weights.ts'

export interface Candidate extends Hit {
  readonly letters: Letters
}

/**
 * The second stage: the candidates of a query in the order of all signals. A score is the first stage's, times a
 * factor for what the letters say; it is a function of the query and of these candidates alone.
 */
export function orderCandidates(
  query: string,
  candidates: readonly Candidate[],
  weights: RankingWeights = DEFAULT_WEIGHTS,
): Hit[] {
  const likeness = compareLetters(
    query,
    candidates.map(({ letters }) => letters),
  )
  const hits = candidates.map(({ id, score }, at) => {
    const { four, six, title, titleShare } = likeness[at]!
    const signals =
      weights.four * four + weights.six * six + weights.title * title + weights.titleShare * titleShare
    return { id, score: score * Math.exp(signals / weights.score) }
  })
  return hits.sort(compareHits)
}
