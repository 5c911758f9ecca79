import type { io } from '@tensorflow/tfjs-core'
import { copyOf } from './artefact-bytes.ts'
import { LearningError } from './errors.ts'
import { fromHalf, toHalf } from './half-float.ts'
import type { Network } from './network.ts'

interface Sizes {
  readonly columns: number
  readonly classes: number
  readonly units: number
}

/** The tensors of `weights.bin`, in its order: matrices in half precision, vectors in single. */
function layout({ columns, classes, units }: Sizes) {
  return [
    { name: 'linear/kernel', shape: [columns, classes] },
    { name: 'linear/bias', shape: [classes] },
    { name: 'hidden/kernel', shape: [columns, units] },
    { name: 'hidden/bias', shape: [units] },
    { name: 'output/kernel', shape: [units, classes] },
  ]
}

const isMatrix = (shape: readonly number[]): boolean => shape.length === 2
const rounded = (values: Float32Array): Float32Array => fromHalf(toHalf(values))

/** A network as it will be when it is read again, so that it does not change by being saved. */
export function roundedNetwork({ weights, bias, hidden }: Network): Network {
  return {
    weights: rounded(weights),
    bias,
    hidden: { ...hidden, weights: rounded(hidden.weights), output: rounded(hidden.output) },
  }
}

/** What TensorFlow.js says of the tensors in `model.json`. */
export function describeWeights(sizes: Sizes): io.WeightsManifestEntry[] {
  return layout(sizes).map(({ name, shape }): io.WeightsManifestEntry => {
    const entry = { name, shape, dtype: 'float32' as const }
    return isMatrix(shape) ? { ...entry, quantization: { dtype: 'float16' } } : entry
  })
}

export function encodeWeights({ weights, bias, hidden }: Network): Uint8Array {
  const pieces = [toHalf(weights), bias, toHalf(hidden.weights), hidden.bias, toHalf(hidden.output)]
  const bytes = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const { buffer, byteOffset, byteLength } of pieces) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at)
    at += byteLength
  }
  return bytes
}

/** The network that `encodeWeights` wrote; `ARTEFACT_CORRUPT` when it is not what the entries describe. */
export function decodeWeights(entries: readonly io.WeightsManifestEntry[], bytes: Uint8Array): Network {
  const shapeOf = (name: string) => entries.find((entry) => entry.name === name)?.shape ?? []
  const [columns = 0, classes = 0] = shapeOf('linear/kernel')
  const [units = 0] = shapeOf('hidden/bias')
  const sizes = { columns, classes, units }
  const described = JSON.stringify(entries) === JSON.stringify(describeWeights(sizes))
  const counted = layout(sizes).map(({ shape }) => ({
    half: isMatrix(shape),
    count: shape.reduce((product, length) => product * length, 1),
  }))
  const expected = counted.reduce((sum, { half, count }) => sum + count * (half ? 2 : 4), 0)
  if (!described || bytes.length !== expected) {
    throw new LearningError('ARTEFACT_CORRUPT', 'model.json and weights.bin do not fit together')
  }
  let at = 0
  const [weights, bias, hidden, hiddenBias, output] = counted.map(({ half, count }) => {
    const end = at + count * (half ? 2 : 4)
    const { buffer } = copyOf(bytes.subarray(at, end))
    at = end
    return half ? fromHalf(new Uint16Array(buffer)) : new Float32Array(buffer)
  }) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]
  return { weights, bias, hidden: { units, weights: hidden, bias: hiddenBias, output } }
}
