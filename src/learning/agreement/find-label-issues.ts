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
  /** Least cosine of two texts called nearly the same; 0.9 unless told. */
  readonly leastLikeness?: number
  /** Contradictions told at most; 1,000 unless told. */
  readonly mostContradictions?: number
}

/** A label that is probably wrong. */
export interface LabelIssue {
  /** Position of the text. */
  readonly row: number
  /** What it probably should be. */
  readonly likely: string
  /** Probability of the label it has, by models that have not seen the text. */
  readonly ownConfidence: number
  /** Whether it is as sure to bear the likely label as texts that do are on average. */
  readonly confident: boolean
}

/** Two texts that are nearly the same and have different labels; `one < other`. */
export interface LabelIssuePair {
  readonly one: number
  readonly other: number
  /** Cosine, in [0, 1]. */
  readonly likeness: number
}

export interface LabelIssues {
  /** Share of texts for which models that have not seen them find the label they have the likeliest. */
  readonly agreement: number
  /** Labels that are wrong, in all, estimated. */
  readonly errors: number
  /** The most suspect first. */
  readonly suspects: readonly LabelIssue[]
  /** The likest first. */
  readonly contradictions: readonly LabelIssuePair[]
}

const LEAST_LIKENESS = 0.9
const MOST_CONTRADICTIONS = 1000

/**
 * Which labels are probably wrong: by confident learning on out-of-fold probabilities, and by contradiction between
 * texts that are nearly the same. The same rows, in whatever order, and seed give the same doubts. CPU-heavy, see
 * `crossPredict`.
 *
 * @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS`
 */
export function rankLabelIssues(input: LabelIssueInput): LabelIssues {
  const prediction = crossPredict(input)
  const { labels, order, rows, targets } = prediction
  const { errors, suspects } = learnConfidently(prediction)
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
    })),
    contradictions: contradictions.map(({ one, other, likeness }) => {
      const places = [order[one]!, order[other]!]
      return { one: Math.min(...places), other: Math.max(...places), likeness }
    }),
  }
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
