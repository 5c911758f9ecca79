import type { Tally } from './distributions.ts'

/**
 * Dunning's log-likelihood ratio `-2 ln λ` (1993, section 5) that two shares are the same one: 0 where they are, the
 * greater the less likely. Unlike Pearson's χ² it does not overrate what was seen once or twice.
 */
export function logLikelihoodRatio(one: Tally, other: Tally): number {
  const pooled = { hits: one.hits + other.hits, cases: one.cases + other.cases }
  return Math.max(
    0,
    2 *
      (likelihood(one, one) + likelihood(other, other) - likelihood(one, pooled) - likelihood(other, pooled)),
  )
}

/** Log-likelihood of what was seen, were the share that of `assumed`. */
function likelihood(seen: Tally, assumed: Tally): number {
  const share = assumed.hits / assumed.cases
  const misses = seen.cases - seen.hits
  return (seen.hits > 0 ? seen.hits * Math.log(share) : 0) + (misses > 0 ? misses * Math.log1p(-share) : 0)
}
