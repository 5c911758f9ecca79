import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import type { ClassifierModel } from '../artefact/model.ts'
import { roundedNetwork } from '../artefact/weights.ts'
import { createEncoder } from '../features/encoder.ts'
import type { SparseRows } from '../features/vectorizer.ts'
import { trainNetwork } from '../network/network.ts'
import { selectionAt, thresholdsFor, withCosts } from '../risk/budgets.ts'
import type { LabelCost } from '../risk/costs.ts'
import type { RiskBudgets } from '../risk/risk-budget.ts'

/** Most examples, relative to the last whole fit; with more, its vocabulary and calibration are out of date. */
const MOST_GROWTH = 1.1
/** Most times in a row that a model is fitted further. */
const MOST_REFITS = 10
/** Step size relative to a whole fit: small, so that the model is adjusted rather than learned again. */
const STEP_SHARE = 0.3

/** The examples, then the names of labels. */
interface RefitInput {
  readonly texts: readonly string[]
  readonly targets: Int32Array
  readonly labels: readonly string[]
  /** How many of the texts are examples. */
  readonly examples: number
  readonly seed: number
  readonly budgets: RiskBudgets
  /** As `costsAmong` returns them. */
  readonly costs?: readonly LabelCost[] | undefined
  readonly onProgress: (share: number) => void
}

/**
 * Whether fitting this model further suffices: a few examples were added, no label was, and seed, n-grams and costs are
 * the same. Where no example was added, labels were changed, which takes a fit from the beginning.
 */
export function canRefit(parent: ClassifierModel, { labels, examples, seed, costs }: RefitInput): boolean {
  const { fullFit } = parent
  return (
    labels.length === parent.labels.length &&
    labels.every((label, c) => label === parent.labels[c]) &&
    JSON.stringify({ ...parent.ngrams, maxFeatures: 0 }) ===
      JSON.stringify({ ...defaultNgramOptions, maxFeatures: 0 }) &&
    parent.seed === seed &&
    // What was held out has no probabilities to decide by other costs on.
    JSON.stringify(parent.costs) === JSON.stringify(costs) &&
    examples > parent.examples &&
    examples <= fullFit.examples * MOST_GROWTH &&
    fullFit.refits < MOST_REFITS
  )
}

/**
 * Fits a model further: one pass over all examples, from its weights, with its vocabulary, in small steps. Its
 * temperature stays, and so do its held-out predictions, on which the thresholds are chosen again. They are those of the
 * last whole fit, which had at least ten elevenths of the examples.
 */
export function refit(parent: ClassifierModel, input: RefitInput): ClassifierModel {
  const { texts, targets, labels, examples, seed } = input
  const { settings } = parent
  const rows = encodeRows(parent, texts)
  const options = {
    ...settings,
    epochs: 1,
    learningRate: settings.learningRate * STEP_SHARE,
    groupRate: settings.groupRate * STEP_SHARE,
    seed,
  }
  const labelled = { rows, targets, classes: labels.length }
  const network = trainNetwork(labelled, options, { start: parent, onProgress: input.onProgress })
  const fullFit = { ...parent.fullFit, refits: parent.fullFit.refits + 1 }
  const heldOut = withCosts(labels, parent.heldOut, parent.costs)
  const thresholds = thresholdsFor(labels, heldOut, input.budgets)
  const heldOutSummary = { ...parent.heldOutSummary, ...selectionAt(labels, heldOut, thresholds) }
  return { ...parent, ...roundedNetwork(network), ...thresholds, heldOutSummary, seed, examples, fullFit }
}

function encodeRows({ vocabulary, ngrams }: ClassifierModel, texts: readonly string[]): SparseRows {
  const encode = createEncoder(vocabulary, ngrams)
  let indices = new Int32Array(65536)
  let values = new Float32Array(65536)
  const offsets = new Float64Array(texts.length + 1)
  let used = 0
  for (const [row, text] of texts.entries()) {
    const encoded = encode(text)
    const end = used + encoded.size
    if (end > indices.length) {
      indices = grown(indices, new Int32Array(end * 2))
      values = grown(values, new Float32Array(end * 2))
    }
    indices.set(encoded.indices.subarray(0, encoded.size), used)
    values.set(encoded.values.subarray(0, encoded.size), used)
    used = end
    offsets[row + 1] = used
  }
  return { size: texts.length, columns: vocabulary.hashes.length, offsets, indices, values }
}

function grown<Values extends Int32Array | Float32Array>(values: Values, larger: Values): Values {
  larger.set(values)
  return larger
}
