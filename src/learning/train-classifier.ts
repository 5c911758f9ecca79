import { defaultNgramOptions } from '../text/ngrams.ts'
import { roundedNetwork } from './artefact-weights.ts'
import { type Classifier, createClassifier } from './classifier.ts'
import { readCorpus } from './corpus.ts'
import { LearningError } from './errors.ts'
import { chooseFitSettings } from './fit-settings.ts'
import { labelTexts } from './label-texts.ts'
import { trainNetwork } from './network.ts'
import { calibrateOutOfFold } from './out-of-fold.ts'
import { fitVocabulary, weighRows } from './vectorizer.ts'

export interface TrainingProgress {
  readonly stage: 'reading' | 'calibrating' | 'fitting'
  /** Of the stage, in [0, 1]. */
  readonly fraction: number
}

export interface TrainingInput {
  readonly texts: readonly string[]
  /** The label of each text. */
  readonly labels: readonly string[]
  readonly seed: number
  /** What a label means, by label, beside its name; both are learned from. */
  readonly descriptions?: Readonly<Record<string, string>>
  /** Largest share of wrong labels among those assigned; 0.05 unless told. */
  readonly riskBudget?: number
  /** How sure the budget must be kept, see `chooseThreshold`; 0.1 unless told. */
  readonly riskDoubt?: number
  readonly onProgress?: (progress: TrainingProgress) => void
}

/** A classifier fresh from its examples; a saved and loaded one is its equal. */
export type TrainedClassifier = Classifier

/**
 * Learns a classifier, its temperature and its threshold from labelled texts. The same texts, labels and seed give
 * the same classifier to the last bit, in whatever order the rows come.
 *
 * @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS` (fewer than two distinct), `INVALID_ARGUMENT`
 */
export function trainClassifier(input: TrainingInput): TrainedClassifier {
  const risk = checkArguments(input)
  const { texts, targets: known, labels, groupOf } = inCanonicalOrder(input)
  const report = (stage: TrainingProgress['stage'], fraction: number) =>
    input.onProgress?.({ stage, fraction })
  const classes = labels.length
  const settings = chooseFitSettings(texts.length, classes)
  const ngrams = { ...defaultNgramOptions, maxFeatures: settings.maxFeatures }
  const names = labelTexts(labels, input.descriptions)
  const corpus = readCorpus([...texts, ...names.texts], ngrams, (done) =>
    report('reading', Math.min(1, done / texts.length)),
  )
  const targets = Int32Array.from([...known, ...names.targets])
  const { temperature, threshold, summary } = calibrateOutOfFold({
    corpus,
    targets,
    groupOf,
    classes,
    settings,
    seed: input.seed,
    risk,
    onProgress: (fraction) => report('calibrating', fraction),
  })
  const all = Int32Array.from(targets.keys())
  const vocabulary = fitVocabulary(corpus, all, settings)
  const labelled = { rows: weighRows(corpus, all, vocabulary), targets, classes }
  const fitted = trainNetwork(labelled, { ...settings, seed: input.seed }, undefined, (share) =>
    report('fitting', share),
  )
  return createClassifier({
    labels,
    ngrams,
    vocabulary: { hashes: vocabulary.hashes, idf: vocabulary.idf },
    // Rounded as they will be stored, so that a classifier does not change by being saved.
    ...roundedNetwork(fitted),
    temperature,
    threshold,
    seed: input.seed,
    examples: texts.length,
    settings,
    outOfFold: summary,
  })
}

function checkArguments({ seed, riskBudget: budget = 0.05, riskDoubt: doubt = 0.1 }: TrainingInput) {
  if (!Number.isSafeInteger(seed)) throw new LearningError('INVALID_ARGUMENT', 'a seed is an integer')
  if (!(budget >= 0 && budget <= 1) || !(doubt > 0 && doubt < 1)) {
    throw new LearningError('INVALID_ARGUMENT', 'a risk budget is in [0, 1] and a doubt in (0, 1)')
  }
  return { budget, doubt }
}

interface OrderedExamples {
  readonly texts: readonly string[]
  readonly targets: Int32Array
  readonly labels: readonly string[]
  /** Number of the distinct text of each row. */
  readonly groupOf: Int32Array
}

/** Rows by text, then label; labels by code unit: the order in which rows came leaves no trace. */
function inCanonicalOrder({ texts, labels }: TrainingInput): OrderedExamples {
  if (texts.length !== labels.length) {
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts have ${labels.length} labels`)
  }
  const names = [...new Set(labels)].sort()
  if (names.length < 2) {
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs two labels, these are ${names.length}`)
  }
  const classOf = new Map(names.map((name, c) => [name, c]))
  const order = [...texts.keys()].sort((a, b) => {
    if (texts[a]! !== texts[b]!) return texts[a]! < texts[b]! ? -1 : 1
    return classOf.get(labels[a]!)! - classOf.get(labels[b]!)!
  })
  const sorted = order.map((row) => texts[row]!)
  const groupOf = new Int32Array(order.length)
  for (let row = 1; row < order.length; row++) {
    groupOf[row] = groupOf[row - 1]! + (sorted[row] === sorted[row - 1] ? 0 : 1)
  }
  return {
    texts: sorted,
    targets: Int32Array.from(order, (row) => classOf.get(labels[row]!)!),
    labels: names,
    groupOf,
  }
}
