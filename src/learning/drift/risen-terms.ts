import { holm } from '../statistics/holm.ts'
import { fisherGreater, logLikelihoodRatio } from '../statistics/proportions.ts'

/** A term that more posts have than before. */
export interface RisenTerm {
  readonly term: string
  /** Posts that have it, now and before. */
  readonly now: number
  readonly before: number
  /** Dunning's log-likelihood ratio, by which terms are ranked. */
  readonly strength: number
  /** Fisher's exact one-sided p-value, adjusted by Holm's method for all terms tested. */
  readonly p: number
}

interface TermDocuments {
  readonly posts: number
  /** Posts that have each term. */
  readonly documents: ReadonlyMap<string, number>
}

/** Fewest posts with a term for it to be tested; below, it may be the word of one writer. */
const FEWEST_POSTS = 3

/**
 * Terms whose share of posts is greater than before, beyond chance. They are tested exactly, because the χ²
 * distribution of the log-likelihood ratio does not hold for terms that are new, and ranked by that ratio.
 *
 * @param level significance level
 * @returns the terms with an adjusted p-value of at most `level`, the strongest first
 */
export function risenTerms(before: TermDocuments, now: TermDocuments, level: number): RisenTerm[] {
  const tried = [...now.documents].filter(([, posts]) => posts >= FEWEST_POSTS)
  const shares = tried.map(([term, posts]) => ({
    now: { count: posts, of: now.posts },
    before: { count: Math.min(before.documents.get(term) ?? 0, before.posts), of: before.posts },
  }))
  const adjusted = holm(shares.map((share) => fisherGreater(share.now, share.before)))
  return tried
    .flatMap(([term], at): RisenTerm[] => {
      const share = shares[at]!
      const p = adjusted[at]!
      if (p > level) return []
      const strength = logLikelihoodRatio(share.now, share.before)
      return [{ term, now: share.now.count, before: share.before.count, strength, p }]
    })
    .sort((a, b) => b.strength - a.strength || (a.term < b.term ? -1 : 1))
}
