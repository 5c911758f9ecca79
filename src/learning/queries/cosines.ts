import type { SparseRows } from '../vectorizer.ts'

/** Cosines of one row to many: the row is spread out over the columns once, so that each costs its own entries. */
export interface Cosines {
  /** Fills `out` with the cosine of `source`'s row to each row, in [0, 1]; 0 where either is empty. */
  to(source: SparseRows, row: number, out: Float64Array): Float64Array
}

/** @param rows of values that are not negative; a source has the same columns */
export function createCosines(rows: SparseRows): Cosines {
  const { size, columns, offsets, indices, values } = rows
  const lengths = Float64Array.from({ length: size }, (_, row) => lengthOf(rows, row))
  const spread = new Float32Array(columns)
  return {
    to(source, row, out) {
      const length = lengthOf(source, row)
      const from = source.offsets[row]!
      const to = source.offsets[row + 1]!
      for (let at = from; at < to; at++) spread[source.indices[at]!] = source.values[at]!
      for (let other = 0; other < size; other++) {
        let sum = 0
        const end = offsets[other + 1]!
        for (let at = offsets[other]!; at < end; at++) sum += spread[indices[at]!]! * values[at]!
        out[other] = sum > 0 ? Math.min(1, sum / (length * lengths[other]!)) : 0
      }
      for (let at = from; at < to; at++) spread[source.indices[at]!] = 0
      return out
    },
  }
}

function lengthOf({ offsets, values }: SparseRows, row: number): number {
  let squares = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) squares += values[at]! * values[at]!
  return Math.sqrt(squares)
}
