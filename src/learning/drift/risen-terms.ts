import { fisherGreater } from '../statistics/distributions.ts'
import { holm } from '../statistics/holm.ts'
import { logLikelihoodRatio } from '../statistics/log-likelihood-ratio.ts'

/** A term that more posts have than before. */
export interface RisenTerm {
  readonly term: string
  /** Posts that have it, now and before. */
  readonly now: number
  readonly before: number
  /** Dunning's log-likelihood ratio, by which terms are ranked. */
  readonly strength: number
  /** Fisher's exact one-sided p-value, adjusted after Holm for all terms that were tried. */
  readonly p: number
}

interface TermDocuments {
  readonly posts: number
  /** Posts that have each term. */
  readonly documents: ReadonlyMap<string, number>
}

/** Posts below which a term is not tried: a word of one writer is no news. */
const FEWEST_POSTS = 3

/**
 * Terms whose share of posts is greater than before, beyond chance. Ranked by log-likelihood ratio, judged by the
 * exact test: the ratio's χ² distribution does not hold for what was never seen before.
 *
 * @returns those with an adjusted p-value of at most `doubt`, the strongest first
 */
export function risenTerms(before: TermDocuments, now: TermDocuments, doubt: number): RisenTerm[] {
  const tried = [...now.documents].filter(([, posts]) => posts >= FEWEST_POSTS)
  const tallies = tried.map(([term, hits]) => ({
    now: { hits, cases: now.posts },
    before: { hits: Math.min(before.documents.get(term) ?? 0, before.posts), cases: before.posts },
  }))
  const adjusted = holm(tallies.map((tally) => fisherGreater(tally.now, tally.before)))
  return tried
    .flatMap(([term], at): RisenTerm[] => {
      const tally = tallies[at]!
      const p = adjusted[at]!
      if (p > doubt) return []
      const strength = logLikelihoodRatio(tally.now, tally.before)
      return [{ term, now: tally.now.hits, before: tally.before.hits, strength, p }]
    })
    .sort((a, b) => b.strength - a.strength || (a.term < b.term ? -1 : 1))
}
