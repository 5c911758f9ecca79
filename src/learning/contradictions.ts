import type { SparseRow } from './contributions.ts'
import { cosineOf, createRowIndexBuilder } from './row-index.ts'
import type { SparseRows } from './vectorizer.ts'

/** Two rows that are nearly the same and bear different labels; `one < other`. */
export interface Contradiction {
  readonly one: number
  readonly other: number
  /** Cosine of the two rows, in [0, 1]. */
  readonly likeness: number
}

export interface ContradictionSearch {
  /** Least cosine of near-duplicates. */
  readonly least: number
  /** Pairs returned at most. */
  readonly most: number
}

/** Entries of the index, 8 bytes each, and those of a row. */
const MAX_ENTRIES = 8_000_000
const ENTRIES_PER_ROW = { least: 16, most: 64 }
/** Rows of another label that the index proposes for each row. */
const PROPOSED = 5

/**
 * Near-duplicates with different labels, the likest first. The row index proposes, whole rows are compared: of pairs
 * of short questions nearly all are found (docs/learning.md measures the index).
 */
export function findContradictions(
  rows: SparseRows,
  targets: Int32Array,
  { least, most }: ContradictionSearch,
): Contradiction[] {
  const rowAt = (row: number): SparseRow => ({
    indices: rows.indices.subarray(rows.offsets[row], rows.offsets[row + 1]),
    values: rows.values.subarray(rows.offsets[row], rows.offsets[row + 1]),
  })
  const index = indexOf(rows, targets.length, rowAt)
  const found: Contradiction[] = []
  for (let one = 0; one < index.size; one++) {
    const own = rowAt(one)
    // A pair is met twice, from either side; nearly always both propose it, and once is enough.
    const admits = (other: number) => other > one && targets[other] !== targets[one]
    for (const other of index.candidates(own, PROPOSED, admits)) {
      const likeness = cosineOf(own, rowAt(other))
      if (likeness >= least) found.push({ one, other, likeness })
    }
  }
  return found.sort((a, b) => b.likeness - a.likeness || a.one - b.one || a.other - b.other).slice(0, most)
}

function indexOf(rows: SparseRows, size: number, rowAt: (row: number) => SparseRow) {
  const share = Math.floor(MAX_ENTRIES / Math.max(1, size))
  const builder = createRowIndexBuilder({
    columns: rows.columns,
    entriesPerRow: Math.max(ENTRIES_PER_ROW.least, Math.min(ENTRIES_PER_ROW.most, share)),
    maxEntries: MAX_ENTRIES,
  })
  for (let row = 0; row < size; row++) if (!builder.add(rowAt(row))) break
  const building = builder.build()
  let step = building.next()
  while (!step.done) step = building.next()
  return step.value
}
