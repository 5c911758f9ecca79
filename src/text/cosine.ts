/** How often each term stands in a text. */
export type TermCounts = ReadonlyMap<string, number>

/**
 * How alike two texts are, in [0, 1]: the cosine of their vectors of `(1 + ln tf) · weight` (Salton and Buckley 1988,
 * "ltc" where the weight is an inverse document frequency). 0 where one has no weighty term.
 *
 * @param weightOf a term's weight, the rarer the greater; not negative
 */
export function cosine(one: TermCounts, other: TermCounts, weightOf: (term: string) => number): number {
  let shared = 0
  let ownSquares = 0
  for (const [term, count] of one) {
    const own = weigh(count) * weightOf(term)
    ownSquares += own * own
    const theirs = other.get(term)
    if (theirs !== undefined) shared += own * weigh(theirs) * weightOf(term)
  }
  if (shared === 0) return 0
  let otherSquares = 0
  for (const [term, count] of other) otherSquares += (weigh(count) * weightOf(term)) ** 2
  return Math.min(1, shared / Math.sqrt(ownSquares * otherSquares))
}

function weigh(count: number): number {
  return 1 + Math.log(count)
}
