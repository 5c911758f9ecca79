import type { Corpus } from '../features/corpus.ts'
import { type FittedVocabulary, weighRows } from '../features/vectorizer.ts'
import { activate, addOutput } from '../network/hidden-layer.ts'
import type { Network } from '../network/network.ts'
import { createServingNetwork } from '../network/serving-network.ts'
import { addSparseProduct } from '../network/sparse-kernel.ts'

/** Turns logits into probabilities at a temperature, in place; finite for finite logits. */
export function softmaxInPlace(logits: Float64Array, from: number, to: number, temperature: number): void {
  let highest = -Infinity
  for (let at = from; at < to; at++) highest = Math.max(highest, logits[at]!)
  let sum = 0
  for (let at = from; at < to; at++) {
    logits[at] = Math.exp((logits[at]! - highest) / temperature)
    sum += logits[at]!
  }
  for (let at = from; at < to; at++) logits[at] = logits[at]! / sum
}

/** Position of the highest of `values[from … to - 1]`, counted from `from`; the first of equals. */
export function highestIn(values: ArrayLike<number>, from = 0, to = values.length): number {
  let best = from
  for (let at = from + 1; at < to; at++) if (values[at]! > values[best]!) best = at
  return best - from
}

/** Position of the highest value but that at `best`; the first of equals. There are at least two values. */
export function nextHighestIn(values: ArrayLike<number>, best: number): number {
  let next = best === 0 ? 1 : 0
  for (let at = next + 1; at < values.length; at++) {
    if (at !== best && values[at]! > values[next]!) next = at
  }
  return next
}

/** Positions by descending value, equals in their order; by binary insertion, which is faster than a comparator. */
export function rankDescending(values: Float64Array): Int32Array {
  const order = new Int32Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!
    let low = 0
    let high = at
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[order[middle]!]! >= value) low = middle + 1
      else high = middle
    }
    order.copyWithin(low + 1, low, at)
    order[low] = at
  }
  return order
}

/** Logits of one sparse row, and of the linear part alone where they are asked for. */
export function logitsOf(
  { weights, bias, hidden }: Network,
  indices: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
  out: Float64Array,
  linearOut?: Float64Array,
): void {
  out.set(bias)
  addSparseProduct(indices, values, from, to, weights, bias.length, out)
  linearOut?.set(out)
  const active = new Float64Array(hidden.units)
  activate(hidden, indices, values, from, to, active)
  addOutput(hidden, active, out)
}

/** A network and its vocabulary, without the calibration of a classifier. */
export interface CorpusFit {
  readonly vocabulary: FittedVocabulary
  readonly network: Network
}

/** Uncalibrated probabilities of rows of the corpus: row-major, one for each class of the network. */
export function predictRows(
  { vocabulary, network }: CorpusFit,
  corpus: Corpus,
  rows: Int32Array,
): Float64Array {
  const classes = network.bias.length
  const { offsets, indices, values } = weighRows(corpus, rows, vocabulary)
  let longest = 1
  for (let at = 0; at < rows.length; at++) longest = Math.max(longest, offsets[at + 1]! - offsets[at]!)
  const logitsOf = createServingNetwork(network, longest)
  const out = new Float64Array(rows.length * classes)
  for (let at = 0; at < rows.length; at++) {
    const from = offsets[at]!
    const to = offsets[at + 1]!
    const row = { indices: indices.subarray(from, to), values: values.subarray(from, to), size: to - from }
    logitsOf(row, out.subarray(at * classes, (at + 1) * classes))
    softmaxInPlace(out, at * classes, (at + 1) * classes, 1)
  }
  return out
}
