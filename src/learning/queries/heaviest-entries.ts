import type { SparseRows } from '../vectorizer.ts'

/** The entries of greatest value of each row, the rarest n-grams: they find what is alike nearly as well as all. */
export function heaviestEntries(rows: SparseRows, most: number): SparseRows {
  const { size, columns } = rows
  const offsets = new Float64Array(size + 1)
  const indices = new Int32Array(Math.min(rows.indices.length, size * most))
  const values = new Float32Array(indices.length)
  let used = 0
  for (let row = 0; row < size; row++) {
    const from = rows.offsets[row]!
    const to = rows.offsets[row + 1]!
    const bound = to - from > most ? rows.values.slice(from, to).sort()[to - from - most]! : -Infinity
    const end = used + most
    for (let at = from; at < to && used < end; at++) {
      if (rows.values[at]! < bound) continue
      indices[used] = rows.indices[at]!
      values[used++] = rows.values[at]!
    }
    offsets[row + 1] = used
  }
  return { size, columns, offsets, indices: indices.subarray(0, used), values: values.subarray(0, used) }
}
