import type { Random } from './random.ts'
import type { SparseRows } from './vectorizer.ts'

/** Draws rows with some of their entries left out; what it drew last is in `indices` and `values`. */
interface RowSampler {
  readonly indices: Int32Array
  readonly values: Float32Array
  /** Says how many entries were drawn. */
  draw(row: number): number
}

/** @param dropout share of a row's entries left out at each draw, in [0, 1); those kept are scaled up to make good */
export function createRowSampler(rows: SparseRows, dropout: number, random: Random): RowSampler {
  const { offsets } = rows
  let longest = 0
  for (let row = 0; row < rows.size; row++) longest = Math.max(longest, offsets[row + 1]! - offsets[row]!)
  const indices = new Int32Array(longest)
  const values = new Float32Array(longest)
  const kept = 1 - dropout
  return {
    indices,
    values,
    draw(row) {
      const to = offsets[row + 1]!
      let size = 0
      for (let at = offsets[row]!; at < to; at++) {
        if (dropout > 0 && random.next() >= kept) continue
        indices[size] = rows.indices[at]!
        values[size++] = rows.values[at]! / kept
      }
      return size
    },
  }
}
