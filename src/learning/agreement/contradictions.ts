import type { SparseRows } from '../features/vectorizer.ts'

/** Two rows that are nearly the same and bear different labels; `one < other`. */
interface Contradiction {
  readonly one: number
  readonly other: number
  /** Cosine of the two rows, in [0, 1]. */
  readonly likeness: number
}

interface ContradictionSearch {
  /** Least cosine of near-duplicates, above 0. */
  readonly least: number
  /** Pairs returned at most. */
  readonly most: number
}

/**
 * All near-duplicates with different labels, the likest first. Two rows whose cosine reaches the least share one of
 * the rare columns at the head of each (prefix filtering, Bayardo, Ma & Srikant 2007): only rows that do are compared.
 *
 * @param rows values are not negative
 */
export function findContradictions(
  rows: SparseRows,
  targets: Int32Array,
  { least, most }: ContradictionSearch,
): Contradiction[] {
  const { offsets, indices, values } = rows
  const lengths = lengthsOf(rows)
  const headOf = createHeads(rows, lengths, least)
  const rowsWith = new Map<number, number[]>()
  const own = new Float64Array(rows.columns)
  const seenBy = new Int32Array(rows.size).fill(-1)
  const found: Contradiction[] = []
  for (let other = 0; other < rows.size; other++) {
    for (let at = offsets[other]!; at < offsets[other + 1]!; at++) own[indices[at]!] = values[at]!
    for (const column of headOf(other)) {
      const earlier = rowsWith.get(column)
      if (earlier === undefined) {
        rowsWith.set(column, [other])
        continue
      }
      for (const one of earlier) {
        if (seenBy[one] === other || targets[one] === targets[other]) continue
        seenBy[one] = other
        let shared = 0
        for (let at = offsets[one]!; at < offsets[one + 1]!; at++) shared += own[indices[at]!]! * values[at]!
        const likeness = Math.min(1, shared / (lengths[one]! * lengths[other]!))
        if (likeness >= least) found.push({ one, other, likeness })
      }
      earlier.push(other)
    }
    for (let at = offsets[other]!; at < offsets[other + 1]!; at++) own[indices[at]!] = 0
  }
  return found.sort((a, b) => b.likeness - a.likeness || a.one - b.one || a.other - b.other).slice(0, most)
}

function lengthsOf({ size, offsets, values }: SparseRows): Float64Array {
  return Float64Array.from({ length: size }, (_, row) => {
    let sum = 0
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) sum += values[at]! * values[at]!
    return Math.sqrt(sum)
  })
}

/**
 * The head of a row: its columns, the rarest first, until the rest is too short to reach the least cosine with any
 * row. The first column that two near-duplicates share is in the head of both.
 */
function createHeads(
  { columns, offsets, indices, values }: SparseRows,
  lengths: Float64Array,
  least: number,
) {
  const frequency = new Int32Array(columns)
  for (const column of indices) frequency[column] = frequency[column]! + 1
  // Rounding must not cut a head short: pairs just below the least cost a comparison, no more.
  const reach = (least - 1e-6) ** 2
  return (row: number): number[] => {
    const places = Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, k) => offsets[row]! + k)
    places.sort((a, b) => frequency[indices[a]!]! - frequency[indices[b]!]! || indices[a]! - indices[b]!)
    const whole = lengths[row]! ** 2
    let rest = whole
    const head: number[] = []
    for (const at of places) {
      if (rest < reach * whole) break
      head.push(indices[at]!)
      rest -= values[at]! ** 2
    }
    return head
  }
}
