import type { io } from '@tensorflow/tfjs-core'
import { LearningError } from '../errors.ts'
import type { Network } from '../network/network.ts'

/** JSON as UTF-8, two spaces of indent and a newline at the end. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}

/** Throws the error of the platform for bytes that are not UTF-8 or not JSON. */
export function decodeJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
}

/**
 * Copies bytes to a buffer of their own, aligned for typed arrays. `slice` is no alternative: for a Node `Buffer`, which
 * files and databases return, it gives a view of a larger buffer.
 */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}

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

/** A network in the precision of the artefact, so that saving does not change it. */
export function roundedNetwork({ weights, bias, hidden }: Network): Network {
  return {
    weights: rounded(weights),
    bias,
    hidden: { ...hidden, weights: rounded(hidden.weights), output: rounded(hidden.output) },
  }
}

/** The entries of `model.json` for the tensors, as TensorFlow.js describes them. */
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
    throw new LearningError('ARTEFACT_CORRUPT', 'model.json and weights.bin do not match')
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

/**
 * IEEE 754 half precision, as TensorFlow.js stores weights of quantisation `float16`. Rounds to nearest even;
 * beyond ±65504 it saturates, so that no weight becomes infinite.
 */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const half = new Uint16Array(values.length)
  for (let at = 0; at < values.length; at++) half[at] = halfBits(bits[at]!)
  return half
}

function halfBits(single: number): number {
  const sign = (single >>> 16) & 0x8000
  const magnitude = single & 0x7fffffff
  if (magnitude >= 0x477ff000) return sign | 0x7bff
  if (magnitude < 0x33000001) return sign
  const exponent = magnitude >>> 23
  if (exponent >= 113) return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13)
  const shift = 126 - exponent
  const mantissa = (magnitude & 0x7fffff) | 0x800000
  const rounded = (mantissa + (1 << (shift - 1)) - 1 + ((mantissa >>> shift) & 1)) >>> shift
  return sign | rounded
}

/** The exact single-precision values of half-precision ones. */
export function fromHalf(half: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(half.length)
  for (let at = 0; at < half.length; at++) {
    const bits = half[at]!
    const exponent = (bits >>> 10) & 31
    const fraction = bits & 1023
    const size =
      exponent === 31
        ? fraction === 0
          ? Infinity
          : NaN
        : exponent === 0
          ? fraction * 2 ** -24
          : (1024 + fraction) * powers[exponent]!
    values[at] = bits & 0x8000 ? -size : size
  }
  return values
}

const powers = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (exponent - 25))
