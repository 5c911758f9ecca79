import type { Corpus } from './corpus.ts'
import { chooseFitSettings } from './fit-settings.ts'
import { type Network, trainNetwork } from './network.ts'
import { softmaxInPlace } from './predict.ts'
import { createServingNetwork } from './serving-network.ts'
import { type FittedVocabulary, fitVocabulary, weighRows } from './vectorizer.ts'

/** A network and what it reads by, without the calibration that a classifier has: a third of the time of a training. */
export interface FittedRows {
  readonly vocabulary: FittedVocabulary
  readonly network: Network
  readonly classes: number
}

export interface FitRowsInput {
  readonly corpus: Corpus
  /** Rows of the corpus that are labelled; in rising order, for the same rows to give the same network. */
  readonly examples: Int32Array
  /** Rows of the corpus that are names of labels. */
  readonly names: Int32Array
  /** Class of each example, then of each name, in `[0, classes)`. */
  readonly targets: Int32Array
  readonly classes: number
  readonly seed: number
}

/**
 * The fit that `trainClassifier` makes on all of its rows, where a corpus was read before and calibrated probabilities
 * are not needed: learning curves fit hundreds of times. Where the corpus is in canonical order (`inCanonicalOrder`)
 * the labels given are those of the classifier, but for its rounding.
 */
export function fitRows({ corpus, examples, names, targets, classes, seed }: FitRowsInput): FittedRows {
  const settings = chooseFitSettings(examples.length, classes)
  const all = new Int32Array(examples.length + names.length)
  all.set(examples)
  all.set(names, examples.length)
  const vocabulary = fitVocabulary(corpus, all, settings)
  const labelled = { rows: weighRows(corpus, all, vocabulary), targets, classes }
  return { vocabulary, classes, network: trainNetwork(labelled, { ...settings, seed }) }
}

/** Probabilities of rows of the corpus, row-major, `classes` a row; not calibrated. */
export function predictRows(
  { vocabulary, network, classes }: FittedRows,
  corpus: Corpus,
  rows: Int32Array,
): Float64Array {
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
