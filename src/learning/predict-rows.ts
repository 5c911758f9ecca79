import type { Corpus } from './corpus.ts'
import type { Network } from './network.ts'
import { softmaxInPlace } from './predict.ts'
import { createServingNetwork } from './serving-network.ts'
import { type FittedVocabulary, weighRows } from './vectorizer.ts'

/** A network and what it reads by, without the calibration that a classifier has. */
export interface CorpusFit {
  readonly vocabulary: FittedVocabulary
  readonly network: Network
}

/** Probabilities of rows of the corpus, row-major, as many a row as the network has classes; not calibrated. */
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
