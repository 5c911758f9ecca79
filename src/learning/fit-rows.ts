import type { Corpus } from './corpus.ts'
import { LearningError } from './errors.ts'
import { chooseFitSettings } from './fit-settings.ts'
import { type Network, trainNetwork } from './network.ts'
import { softmaxInPlace } from './predict.ts'
import { createServingNetwork } from './serving-network.ts'
import { type FittedVocabulary, fitVocabulary, weighRows } from './vectorizer.ts'

/** A network and what it reads by, without the calibration that a classifier has: a third of the time of a training. */
export interface FittedRows {
  readonly vocabulary: FittedVocabulary
  readonly network: Network
  /** The classes that the network tells apart, rising: those of which there was an example. */
  readonly known: Int32Array
}

export interface FitRowsInput {
  readonly corpus: Corpus
  /** Rows of the corpus that are labelled; in rising order, for the same rows to give the same network. */
  readonly examples: Int32Array
  /** Class of each example. */
  readonly targets: Int32Array
  /** Row of the name of each class, -1 where it has none to learn from. */
  readonly names: Int32Array
  readonly seed: number
}

/**
 * The fit that `trainClassifier` makes on all of its rows, where a corpus was read before and calibrated probabilities
 * are not needed: learning curves fit hundreds of times. Where the corpus is in canonical order (`inCanonicalOrder`)
 * the labels given are those of the classifier, but for its rounding.
 *
 * @throws LearningError `TOO_FEW_LABELS` where the examples have fewer than two
 */
export function fitRows({ corpus, examples, targets, names, seed }: FitRowsInput): FittedRows {
  const known = Int32Array.from(new Set(targets)).sort()
  if (known.length < 2)
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs two labels, these are ${known.length}`)
  const place = new Map(Array.from(known, (c, at) => [c, at]))
  const taught = [...Array.from(targets), ...known.filter((c) => names[c]! >= 0)]
  const rows = Int32Array.from([...examples, ...known.map((c) => names[c]!).filter((row) => row >= 0)])
  const settings = chooseFitSettings(examples.length, known.length)
  const vocabulary = fitVocabulary(corpus, rows, settings)
  const labelled = {
    rows: weighRows(corpus, rows, vocabulary),
    targets: Int32Array.from(taught, (c) => place.get(c)!),
    classes: known.length,
  }
  return { vocabulary, known, network: trainNetwork(labelled, { ...settings, seed }) }
}

/** Probabilities of rows of the corpus, row-major, as many a row as classes are known; not calibrated. */
export function predictRows(
  { vocabulary, network, known }: FittedRows,
  corpus: Corpus,
  rows: Int32Array,
): Float64Array {
  const classes = known.length
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
