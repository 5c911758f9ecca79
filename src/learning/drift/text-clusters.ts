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

/**
 * Agglomerative clustering by average similarity (UPGMA; Sokal & Michener 1958), by nearest-neighbour chains
 * (Murtagh 1983): quadratic in time and memory. Clusters are merged while the mean similarity of their pairs is at
 * least `threshold`; the outcome depends on nothing but the numbers.
 *
 * A generator, so that the caller can let other work run between steps.
 *
 * @param similarity symmetric, row-major, `size` × `size`; overwritten
 * @returns the members of each cluster, ascending; clusters by their first member
 */
export function* averageLinkage(
  similarity: Float32Array,
  size: number,
  threshold: number,
): Generator<undefined, number[][]> {
  const open = new Map(Array.from({ length: size }, (_, at) => [at, [at]]))
  const done: number[][] = []
  const chain: number[] = []
  while (open.size > 0) {
    yield
    if (chain.length === 0) chain.push(open.keys().next().value!)
    const last = chain.at(-1)!
    const before = chain.at(-2)
    const nearest = nearestOf(similarity, size, open, last, before)
    if (nearest === undefined || similarity[last * size + nearest]! < threshold) {
      // Similarities rise along a chain, so this is its only link; and merging others brings none of them closer.
      done.push(open.get(last)!)
      open.delete(last)
      chain.length = 0
    } else if (nearest === before) {
      merge(similarity, size, open, before, last)
      chain.length -= 2
    } else chain.push(nearest)
  }
  for (const members of done) members.sort((a, b) => a - b)
  return done.sort((a, b) => a[0]! - b[0]!)
}

/** The most similar open cluster; of equals the one before in the chain, else the first. */
function nearestOf(
  similarity: Float32Array,
  size: number,
  open: ReadonlyMap<number, unknown>,
  of: number,
  before: number | undefined,
): number | undefined {
  const base = of * size
  let nearest = before
  let highest = before === undefined ? -Infinity : similarity[base + before]!
  for (const other of open.keys()) {
    if (other === of || similarity[base + other]! <= highest) continue
    highest = similarity[base + other]!
    nearest = other
  }
  return nearest
}

/** Merges `removed` into `kept`; similarities are means over all pairs (Lance & Williams 1967). */
function merge(
  similarity: Float32Array,
  size: number,
  open: Map<number, number[]>,
  kept: number,
  removed: number,
): void {
  const [own, others] = [open.get(kept)!, open.get(removed)!]
  const share = own.length / (own.length + others.length)
  open.delete(removed)
  for (const other of open.keys()) {
    if (other === kept) continue
    const mean = share * similarity[kept * size + other]! + (1 - share) * similarity[removed * size + other]!
    similarity[kept * size + other] = mean
    similarity[other * size + kept] = mean
  }
  own.push(...others)
}
