import { activate } from '../network/hidden-layer.ts'
import type { Network } from '../network/network.ts'

/** A text as the network's input: feature indices and their values, equally long. */
export interface SparseRow {
  readonly indices: Int32Array
  readonly values: Float32Array
}

/** What a logit is made of: `constant` and all of `entries` add up to it. */
interface Contributions {
  /** Of each entry of the row, in its order. */
  readonly entries: Float64Array
  /** What is no feature's: the biases of the label and of the units that are awake. */
  readonly constant: number
}

/**
 * The part of each feature in the logit of a class, before the temperature divides it. Exact: among the units that a
 * text wakes, the network is linear in its features, so entry k contributes
 * `values[k] · (W[indices[k], c] + Σ_awake A[indices[k], u] · V[u, c])`, and the constant is the bias with
 * `Σ_awake a[u] · V[u, c]`.
 */
export function contributionsOf(model: Network, row: SparseRow, classIndex: number): Contributions {
  const { weights, bias, hidden } = model
  const { indices, values } = row
  const classes = bias.length
  const awake = new Float64Array(hidden.units)
  activate(hidden, indices, values, 0, indices.length, awake)
  /** What a unit that is awake passes on of each part of its sum. */
  const passed = awake.map((value, unit) => (value > 0 ? hidden.output[unit * classes + classIndex]! : 0))
  const through = (parts: Float32Array, from: number) =>
    passed.reduce((sum, share, unit) => sum + share * parts[from + unit]!, 0)
  const entries = Float64Array.from(
    indices,
    (column, k) =>
      values[k]! * (weights[column * classes + classIndex]! + through(hidden.weights, column * hidden.units)),
  )
  return { entries, constant: bias[classIndex]! + through(hidden.bias, 0) }
}
