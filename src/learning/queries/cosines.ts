import type { SparseRows } from '../vectorizer.ts'

/** Cosines of one row to many, by columns: what two rows do not share costs nothing. */
interface Cosines {
  /** Fills `out` with the cosine of `source`'s row to each row, in [0, 1]; 0 where either is empty. */
  to(source: SparseRows, row: number, out: Float64Array): Float64Array
}

/** @param rows of values that are not negative; a source has the same columns */
export function createCosines(rows: SparseRows): Cosines {
  const { size, columns, offsets, indices, values } = rows
  const starts = new Int32Array(columns + 1)
  for (let at = 0; at < indices.length; at++) starts[indices[at]! + 1]!++
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!
  const next = starts.slice(0, columns)
  const rowOf = new Int32Array(indices.length)
  /** Of rows of length 1. */
  const scaled = new Float32Array(indices.length)
  for (let row = 0; row < size; row++) {
    const length = lengthOf(rows, row)
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const place = next[indices[at]!]!++
      rowOf[place] = row
      scaled[place] = values[at]! / length
    }
  }
  return {
    to(source, row, out) {
      out.fill(0)
      const length = lengthOf(source, row)
      for (let entry = source.offsets[row]!; entry < source.offsets[row + 1]!; entry++) {
        const column = source.indices[entry]!
        const value = source.values[entry]! / length
        const end = starts[column + 1]!
        for (let at = starts[column]!; at < end; at++)
          out[rowOf[at]!] = out[rowOf[at]!]! + value * scaled[at]!
      }
      for (let other = 0; other < size; other++) if (out[other]! > 1) out[other] = 1
      return out
    },
  }
}

function lengthOf({ offsets, values }: SparseRows, row: number): number {
  let squares = 0
  for (let at = offsets[row]!; at < offsets[row + 1]!; at++) squares += values[at]! * values[at]!
  return Math.sqrt(squares)
}
