import type { SparseRows } from '../vectorizer.ts'

/** Rows with the entries of greatest value alone, at most so many of each; of equals, the first. */
export function heaviestEntries(rows: SparseRows, most: number): SparseRows {
  const offsets = new Float64Array(rows.size + 1)
  const indices = new Int32Array(Math.min(rows.indices.length, rows.size * most))
  const values = new Float32Array(indices.length)
  let used = 0
  for (let row = 0; row < rows.size; row++) {
    const from = rows.offsets[row]!
    const to = rows.offsets[row + 1]!
    const bound = to - from > most ? rows.values.slice(from, to).sort()[to - from - most]! : -Infinity
    let ties = most
    for (let at = from; at < to; at++) if (rows.values[at]! > bound) ties--
    for (let at = from; at < to; at++) {
      const value = rows.values[at]!
      if (value < bound || (value === bound && ties-- <= 0)) continue
      indices[used] = rows.indices[at]!
      values[used++] = value
    }
    offsets[row + 1] = used
  }
  return {
    size: rows.size,
    columns: rows.columns,
    offsets,
    indices: indices.subarray(0, used),
    values: values.subarray(0, used),
  }
}
