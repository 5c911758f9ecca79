/**
 * Agglomerative clustering by average similarity (UPGMA; Sokal & Michener 1958), by nearest-neighbour chains
 * (Murtagh 1983): quadratic in time and memory. Clusters are merged while the mean similarity of their pairs is at
 * least `threshold`; the outcome depends on nothing but the numbers.
 *
 * Made in steps, so that whoever shares the thread can have turns in between.
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

/** `gone` becomes part of `kept`; the mean over all pairs (Lance & Williams 1967). */
function merge(
  similarity: Float32Array,
  size: number,
  open: Map<number, number[]>,
  kept: number,
  gone: number,
): void {
  const [own, others] = [open.get(kept)!, open.get(gone)!]
  const share = own.length / (own.length + others.length)
  open.delete(gone)
  for (const other of open.keys()) {
    if (other === kept) continue
    const mean = share * similarity[kept * size + other]! + (1 - share) * similarity[gone * size + other]!
    similarity[kept * size + other] = mean
    similarity[other * size + kept] = mean
  }
  own.push(...others)
}
