/** A text as the network's input: feature indices and their values, equally long. */
export interface SparseRow {
  readonly indices: Int32Array
  readonly values: Float32Array
}

interface RowIndexOptions {
  /** Number of features. */
  readonly columns: number
  /** Entries kept of a row: those of greatest value. */
  readonly entriesPerRow: number
  /** Entries kept of all rows; further rows are not added. 8 bytes each, and 8 more while the index is made. */
  readonly maxEntries: number
}

/** Adds rows, numbered 0, 1, 2 …, then builds the index. */
interface RowIndexBuilder {
  /** False when the index is full. */
  add(row: SparseRow): boolean
  /** Makes the index in short steps, so that the caller can let other work run between them. */
  build(): Generator<undefined, RowIndex>
}

/** Finds rows that may be similar to another; `cosineOf` measures how similar they are. */
export interface RowIndex {
  readonly size: number
  /** Up to `limit` of the rows that share most with this one, among those admitted, the likeliest first. */
  candidates(row: SparseRow, limit: number, admits: (number: number) => boolean): number[]
}

/** Entries placed in one step, which takes a few milliseconds. */
const STEP = 100_000

/**
 * Sparse rows by column, pruned to the entries that weigh most (the rarest n-grams of each text), which find the
 * neighbours nearly as well as all and take a fraction of the memory.
 */
export function createRowIndexBuilder(options: RowIndexOptions): RowIndexBuilder {
  const { columns, entriesPerRow, maxEntries } = options
  let indices = new Int32Array(1024)
  let values = new Float32Array(1024)
  const ends: number[] = []
  let used = 0

  return {
    add(row) {
      const kept = heaviest(row, entriesPerRow)
      if (used + kept.length > maxEntries) return false
      if (used + kept.length > indices.length) {
        const capacity = Math.min(maxEntries, Math.max(used + kept.length, indices.length * 2))
        indices = grown(indices, new Int32Array(capacity))
        values = grown(values, new Float32Array(capacity))
      }
      for (const k of kept) {
        indices[used] = row.indices[k]!
        values[used++] = row.values[k]!
      }
      ends.push(used)
      return true
    },
    *build() {
      const offsets = new Int32Array(columns + 1)
      for (let at = 0; at < used; at++) {
        offsets[indices[at]! + 1]!++
        if (at % STEP === STEP - 1) yield
      }
      for (let column = 0; column < columns; column++) offsets[column + 1]! += offsets[column]!
      const next = offsets.slice(0, columns)
      const rows = new Int32Array(used)
      const weights = new Float32Array(used)
      let row = 0
      for (let at = 0; at < used; at++) {
        while (at >= ends[row]!) row++
        const to = next[indices[at]!]!++
        rows[to] = row
        weights[to] = values[at]!
        if (at % STEP === STEP - 1) yield
      }
      return createRowIndex(ends.length, offsets, rows, weights)
    },
  }
}

function createRowIndex(
  size: number,
  offsets: Int32Array,
  rows: Int32Array,
  weights: Float32Array,
): RowIndex {
  const scores = new Float32Array(size)
  return {
    size,
    candidates(row, limit, admits) {
      scores.fill(0)
      row.indices.forEach((column, k) => {
        const value = row.values[k]!
        const to = offsets[column + 1]!
        for (let at = offsets[column]!; at < to; at++) {
          scores[rows[at]!] = scores[rows[at]!]! + value * weights[at]!
        }
      })
      const best: number[] = []
      for (let number = 0; number < size; number++) {
        const score = scores[number]!
        if (score <= 0 || (best.length === limit && score <= scores[best.at(-1)!]!)) continue
        if (!admits(number)) continue
        let at = best.length
        while (at > 0 && scores[best[at - 1]!]! < score) at--
        best.splice(at, 0, number)
        if (best.length > limit) best.pop()
      }
      return best
    },
  }
}

/** Positions of the entries of greatest value, in their order. */
function heaviest({ values }: SparseRow, limit: number): number[] {
  const all = [...values.keys()]
  if (all.length <= limit) return all
  const bound = values.slice().sort()[values.length - limit]!
  let ties = limit - all.filter((k) => values[k]! > bound).length
  return all.filter((k) => values[k]! > bound || (values[k] === bound && ties-- > 0))
}

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** The cosine of two rows of values that are not negative, in [0, 1]; 0 where one is empty. */
export function cosineOf(one: SparseRow, other: SparseRow): number {
  const own = new Map<number, number>()
  one.indices.forEach((column, k) => {
    own.set(column, one.values[k]!)
  })
  let shared = 0
  other.indices.forEach((column, k) => {
    shared += (own.get(column) ?? 0) * other.values[k]!
  })
  return shared === 0 ? 0 : Math.min(1, shared / (lengthOf(one) * lengthOf(other)))
}

function lengthOf({ values }: SparseRow): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
