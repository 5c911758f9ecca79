import type { EncodedText } from '../features/encoder.ts'
import { rectify } from './hidden-layer.ts'
import { createKernels } from './kernels.ts'
import type { Network } from './network.ts'

/**
 * Computes the logits of one row, and those of the linear part alone where they are asked for; the weights are copied into
 * the memory of the kernels.
 */
type ServingNetwork = (
  row: Pick<EncodedText, 'indices' | 'values' | 'size'>,
  logits: Float64Array,
  linearLogits?: Float64Array,
) => void

/**
 * Prepares a network for prediction.
 *
 * @param longest most entries of a row
 */
export function createServingNetwork({ weights, bias, hidden }: Network, longest: number): ServingNetwork {
  const { units } = hidden
  const classes = bias.length
  const sizes = [weights.length, hidden.weights.length, hidden.output.length]
  const kernels = createKernels([...sizes, longest, longest, units, classes])
  const copied = (values: Float32Array) => {
    const copy = kernels.f32(values.length)
    copy.set(values)
    return copy
  }
  const linear = copied(weights)
  const input = copied(hidden.weights)
  const output = copied(hidden.output)
  const indices = kernels.i32(longest)
  const values = kernels.f32(longest)
  const awake = kernels.f32(units)
  const sums = kernels.f32(classes)

  return (row, logits, linearLogits) => {
    const { size } = row
    for (let at = 0; at < size; at++) {
      indices[at] = row.indices[at]!
      values[at] = row.values[at]!
    }
    awake.set(hidden.bias)
    kernels.sparseProduct(indices, values, 0, size, input, units, awake)
    rectify(awake)
    sums.set(bias)
    kernels.sparseProduct(indices, values, 0, size, linear, classes, sums)
    linearLogits?.set(sums)
    kernels.denseProduct(awake, output, units, classes, sums)
    logits.set(sums)
  }
}
