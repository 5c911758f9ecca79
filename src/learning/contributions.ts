import type { SoftmaxModel } from './softmax.ts'

/** A text as the network's input: feature indices and their values, equally long. */
export interface SparseRow {
  readonly indices: Int32Array
  readonly values: Float32Array
}

/** What a logit is made of: `constant` and all of `entries` add up to it. */
export interface Contributions {
  /** Of each entry of the row, in its order. */
  readonly entries: Float64Array
  /** What the logit would be of a text of which nothing is known. */
  readonly constant: number
}

/**
 * The part of each feature in the logit of a class, before the temperature divides it. Exact, for the model is linear
 * in its features: entry k contributes `values[k] · W[indices[k], c]`, and the bias is the constant.
 */
export function contributionsOf(model: SoftmaxModel, row: SparseRow, classIndex: number): Contributions {
  const { weights, bias } = model
  const classes = bias.length
  const entries = Float64Array.from(
    row.indices,
    (column, k) => row.values[k]! * weights[column * classes + classIndex]!,
  )
  return { entries, constant: bias[classIndex]! }
}
