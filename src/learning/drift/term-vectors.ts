/** A text's terms with their weights; of length 1, or empty. */
export type TermVector = ReadonlyMap<string, number>

/**
 * Makes the function that turns a text's terms into a vector of inverse document frequencies,
 * `ln((1 + n) / (1 + documents))`, so that what every text has weighs nothing. How often a term stands in a text does
 * not count: questions are short, and what is repeated in long ones is quoted.
 *
 * @param documents of `size` texts, how many have each term
 */
export function createTermWeigher(
  documents: ReadonlyMap<string, number>,
  size: number,
): (terms: readonly string[]) => TermVector {
  return (terms) => {
    const vector = new Map<string, number>()
    let squares = 0
    for (const term of terms) {
      const weight = Math.log((1 + size) / (1 + (documents.get(term) ?? 0)))
      if (weight <= 0) continue
      vector.set(term, weight)
      squares += weight * weight
    }
    const length = Math.sqrt(squares)
    for (const [term, weight] of vector) vector.set(term, weight / length)
    return vector
  }
}

export function dot(one: TermVector, other: TermVector): number {
  const [fewer, more] = one.size <= other.size ? [one, other] : [other, one]
  let sum = 0
  for (const [term, weight] of fewer) sum += weight * (more.get(term) ?? 0)
  return sum
}

/** The sum of vectors: the dot product with it is the sum of the similarities. */
export function sumOf(vectors: readonly TermVector[]): TermVector {
  const total = new Map<string, number>()
  for (const vector of vectors)
    for (const [term, weight] of vector) total.set(term, (total.get(term) ?? 0) + weight)
  return total
}

/** Cosines of all pairs, row-major, by postings: pairs without a term in common cost nothing. In steps. */
export function* pairwiseCosines(vectors: readonly TermVector[]): Generator<undefined, Float32Array> {
  const size = vectors.length
  const cosines = new Float32Array(size * size)
  const postings = new Map<string, [row: number, weight: number][]>()
  for (const [row, vector] of vectors.entries()) {
    yield
    for (const [term, weight] of vector) {
      const seen = postings.get(term)
      if (seen === undefined) {
        postings.set(term, [[row, weight]])
        continue
      }
      for (const [other, theirs] of seen) cosines[row * size + other]! += weight * theirs
      seen.push([row, weight])
    }
    for (let other = 0; other < row; other++) cosines[other * size + row] = cosines[row * size + other]!
  }
  return cosines
}
