import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import type { GivenLabels } from '../agreement/confident-learning.ts'
import { fitTemperature } from '../calibration/calibration.ts'
import { readCorpus } from '../features/corpus.ts'
import { labelTexts } from '../features/label-texts.ts'
import { inCanonicalOrder } from '../features/ordered-examples.ts'
import { fitVocabulary, type SparseRows, weighRows } from '../features/vectorizer.ts'
import { predictOutOfFold } from './cross-validate.ts'
import { chooseFitSettings } from './fit-settings.ts'
import { softmaxInPlace } from './predict.ts'

export interface CrossPredictionInput {
  readonly texts: readonly string[]
  /** The label of each text. */
  readonly labels: readonly string[]
  readonly seed: number
  /** What labels mean, as in training. */
  readonly descriptions?: Readonly<Record<string, string>>
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void
}

/** Every row predicted by a model that has not seen its text. Rows are in canonical order. */
export interface CrossPrediction extends GivenLabels {
  readonly probabilities: Float64Array
  /** By class. */
  readonly labels: readonly string[]
  /** Where each row was among those given. */
  readonly order: Int32Array
  /** The texts as a model of all of them reads them. */
  readonly rows: SparseRows
}

const FOLDS = 5

/**
 * Probabilities of all rows, calibrated by one temperature, in five folds. Training itself predicts no more rows than
 * calibration takes, and none when it goes on from a parent. Takes as long as five trainings without calibration, and 8
 * bytes for each text and label.
 *
 * @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS`
 */
export function crossPredict(input: CrossPredictionInput): CrossPrediction {
  const { seed, descriptions, onProgress = () => {} } = input
  const { texts, targets, labels, groupOf, order } = inCanonicalOrder(input)
  const names = labelTexts(labels, descriptions)
  const settings = chooseFitSettings(texts.length, labels.length)
  const ngrams = { ...defaultNgramOptions, maxFeatures: settings.maxFeatures }
  const corpus = readCorpus([...texts, ...names.texts], ngrams)
  const folds = Math.min(FOLDS, groupOf.at(-1)! + 1)
  const classes = labels.length
  const { logits } = predictOutOfFold(
    {
      corpus,
      groupOf,
      classes,
      settings,
      seed,
      onProgress,
      targets: Int32Array.from([...targets, ...names.targets]),
    },
    { folds, predicted: folds },
  )
  const temperature = fitTemperature(logits, targets, classes)
  for (let row = 0; row < targets.length; row++)
    softmaxInPlace(logits, row * classes, (row + 1) * classes, temperature)
  const all = Int32Array.from(targets.keys())
  const rows = weighRows(corpus, all, fitVocabulary(corpus, all, settings))
  return { probabilities: logits, targets, classes, labels, order, rows }
}
