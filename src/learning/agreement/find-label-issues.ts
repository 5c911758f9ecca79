import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import { fitTemperature } from '../calibration/calibration.ts'
import { readCorpus } from '../features/corpus.ts'
import { inCanonicalOrder, labelTexts } from '../features/examples.ts'
import { fitVocabulary, type SparseRows, weighRows } from '../features/vectorizer.ts'
import { predictHeldOut } from '../training/cross-validate.ts'
import { chooseFitSettings } from '../training/fit-corpus.ts'
import { highestIn, softmaxInPlace } from '../training/predict.ts'
import { type GivenLabels, learnConfidently } from './confident-learning.ts'
import { findContradictions } from './contradictions.ts'

interface LabelIssueInput extends CrossPredictionInput {
  /** Least cosine of near-duplicates; 0.9 by default. */
  readonly leastLikeness?: number
  /** Most contradictions returned; 1,000 by default. */
  readonly mostContradictions?: number
}

/** A label that is probably wrong. */
export interface LabelIssue {
  /** Position of the text. */
  readonly row: number
  /** The label that it probably should have. */
  readonly likely: string
  /** Held-out probability of the label that it has. */
  readonly ownConfidence: number
  /** Whether the likely label has at least the mean probability that it has among the texts labelled with it. */
  readonly confident: boolean
  /**
   * Share of the held-out predictions at least as confident as the likely label here, this one excepted, that are the
   * labels given: how often the model is right when it is so sure. 0 where no other is as confident.
   */
  readonly reliability: number
}

/** Two near-duplicates with different labels; `one < other`. */
export interface LabelIssuePair {
  readonly one: number
  readonly other: number
  /** Cosine, in [0, 1]. */
  readonly likeness: number
}

export interface LabelIssues {
  /** Share of texts whose held-out prediction is the label that they have. */
  readonly agreement: number
  /** Estimated number of wrong labels. */
  readonly errors: number
  /** The most suspect first. */
  readonly suspects: readonly LabelIssue[]
  /** The likest first. */
  readonly contradictions: readonly LabelIssuePair[]
}

const LEAST_LIKENESS = 0.9
const MOST_CONTRADICTIONS = 1000

/**
 * Ranks the labels that are probably wrong: by confident learning on held-out predictions, and by contradictions between
 * near-duplicates. The same rows, in whatever order, and seed give the same label issues. CPU-heavy, see `crossPredict`.
 *
 * @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS`
 */
export function rankLabelIssues(input: LabelIssueInput): LabelIssues {
  const prediction = crossPredict(input)
  const { labels, order, rows, targets } = prediction
  const { errors, suspects } = learnConfidently(prediction)
  const reliabilityOf = rankReliability(prediction)
  const contradictions = findContradictions(rows, targets, {
    least: input.leastLikeness ?? LEAST_LIKENESS,
    most: input.mostContradictions ?? MOST_CONTRADICTIONS,
  })
  return {
    agreement: agreementOf(prediction),
    errors,
    suspects: suspects.map(({ row, likely, ownConfidence, confident }) => ({
      row: order[row]!,
      likely: labels[likely]!,
      ownConfidence,
      confident,
      reliability: reliabilityOf(row),
    })),
    contradictions: contradictions.map(({ one, other, likeness }) => {
      const places = [order[one]!, order[other]!]
      return { one: Math.min(...places), other: Math.max(...places), likeness }
    }),
  }
}

/** For a row whose prediction is not its label: how often the predictions at least as confident are. */
function rankReliability({ probabilities, targets, labels }: CrossPrediction): (row: number) => number {
  const classes = labels.length
  const predicted = Array.from(targets, (_, row) =>
    highestIn(probabilities, row * classes, (row + 1) * classes),
  )
  const confidences = predicted.map((c, row) => probabilities[row * classes + c]!)
  const ranked = [...confidences.keys()].sort((a, b) => confidences[b]! - confidences[a]!)
  const reliability = new Float64Array(targets.length)
  let right = 0
  let from = 0
  while (from < ranked.length) {
    let to = from
    // Rows of equal confidence count for each other.
    while (to < ranked.length && confidences[ranked[to]!] === confidences[ranked[from]!]) {
      if (predicted[ranked[to]!] === targets[ranked[to]!]) right++
      to++
    }
    for (const row of ranked.slice(from, to)) reliability[row] = to > 1 ? right / (to - 1) : 0
    from = to
  }
  return (row) => reliability[row]!
}

function agreementOf({ probabilities, targets, labels }: CrossPrediction): number {
  const classes = labels.length
  let right = 0
  targets.forEach((target, row) => {
    if (highestIn(probabilities, row * classes, (row + 1) * classes) === target) right++
  })
  return targets.length === 0 ? 0 : right / targets.length
}

export interface CrossPredictionInput {
  readonly texts: readonly string[]
  /** The label of each text. */
  readonly labels: readonly string[]
  readonly seed: number
  /** Descriptions of labels, as in training. */
  readonly descriptions?: Readonly<Record<string, string>>
  /** Called with the share done. */
  readonly onProgress?: (share: number) => void
}

/** Held-out predictions of every row, in canonical order. */
export interface CrossPrediction extends GivenLabels {
  readonly probabilities: Float64Array
  /** By class. */
  readonly labels: readonly string[]
  /** Position of each row in the input. */
  readonly order: Int32Array
  /** The texts as weighted n-grams, by a vocabulary of all of them. */
  readonly rows: SparseRows
}

const FOLDS = 5

/**
 * Held-out predictions of all rows, by five folds, calibrated by one temperature. Training itself predicts no more rows
 * than its calibration needs, and none when it fits a parent further. Takes as long as five trainings without
 * calibration, and 8 bytes for each text and label.
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
  const { logits } = predictHeldOut(
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
