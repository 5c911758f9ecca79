import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import { roundedNetwork } from '../artefact/weights.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { type Encodings, joinEncodings } from '../features/encodings.ts'
import { inCanonicalOrder, labelTexts } from '../features/examples.ts'
import { fitWordVectors } from '../features/word-vectors.ts'

import { selectionAt, thresholdsFor, withCosts } from '../risk/budgets.ts'
import { costsAmong, createCostTable, type LabelCost } from '../risk/costs.ts'
import { checkBudgets, DEFAULT_FAILURE_PROBABILITY, type RiskBudgets } from '../risk/risk-budget.ts'
import { type CrossValidatedPredictions, crossValidate } from './cross-validate.ts'
import { chooseFitSettings, fitCorpus } from './fit-corpus.ts'

import { roundPredictions } from './held-out-predictions.ts'
import { canRefit, refit } from './refit.ts'
import { drawUnlabelled } from './self-training.ts'

export interface TrainingProgress {
  /** `encoding` is the caller's, before training. */
  readonly stage: 'encoding' | 'reading' | 'calibrating' | 'fitting'
  /** Of the stage, in [0, 1]. */
  readonly fraction: number
}

export interface TrainingInput {
  readonly texts: readonly string[]
  /** The label of each text. */
  readonly labels: readonly string[]
  readonly seed: number
  /**
   * Texts without a label, of the kind that the classifier will predict. A first fit labels them (self-training); up to
   * 10,000 texts in all are learned from (docs/internals/learning.md).
   */
  readonly unlabelled?: readonly string[]
  /** Of examples, of names of labels (`labelTexts`) and of unlabelled texts; the teacher sees them beside word vectors. */
  readonly encodings?: Encodings
  /** A classifier to fit further where few labels are new; it is not changed. */
  readonly parent?: Classifier
  /** Descriptions of labels, by label; names and descriptions are learned from. */
  readonly descriptions?: Readonly<Record<string, string>>
  /** Costs of wrong labels other than the ordinary one; labels without examples do not matter. */
  readonly costs?: readonly LabelCost[]
  /** Largest share of wrong labels among those assigned, or their largest mean cost where costs are stated; 0.05 by default. */
  readonly riskBudget?: number
  /** Risk budgets of labels that have their own, by label. */
  readonly labelBudgets?: Readonly<Record<string, number>>
  /** Probability, at most, that a budget is exceeded nevertheless, see `chooseThresholds`; 0.005 by default. */
  readonly failureProbability?: number
  readonly onProgress?: (progress: TrainingProgress) => void
}

/** A classifier as training made it; saved and loaded, it makes the same predictions. */
export interface TrainedClassifier extends Classifier {
  /** Number of unlabelled texts that training used; 0 where a parent was fitted further. */
  readonly unlabelled: number
  /** Number of texts of which the teacher saw an encoding; 0 where too few had one. */
  readonly encoded: number
  /**
   * Held-out predictions of all examples, or of at least 3,000 where there are many; `rows` are positions in the input
   * texts. Absent where a parent was fitted further.
   */
  readonly heldOutPredictions?: CrossValidatedPredictions
}

/**
 * Trains a classifier with its temperature and thresholds on labelled and unlabelled texts. The same texts, labels,
 * parent and seed give the same classifier to the last bit, in whatever order the rows come. A parent trained on nearly
 * as many examples of the same labels is fitted further, in a fifth of the time.
 *
 * @throws LearningError `LENGTH_MISMATCH`, `TOO_FEW_LABELS` (fewer than two distinct), `INVALID_ARGUMENT`
 */
export function trainClassifier(input: TrainingInput): TrainedClassifier {
  const budgets = checkArguments(input)
  const { texts, targets: known, labels, groupOf, order } = inCanonicalOrder(input)
  const report = (stage: TrainingProgress['stage'], fraction: number) =>
    input.onProgress?.({ stage, fraction })
  const names = labelTexts(labels, input.descriptions)
  const taught = {
    labels,
    examples: texts.length,
    seed: input.seed,
    budgets,
    costs: costsAmong(labels, input.costs ?? []),
    texts: [...texts, ...names.texts],
    targets: Int32Array.from([...known, ...names.targets]),
    onProgress: (share: number) => report('fitting', share),
  }
  const parent = input.parent?.model
  if (parent !== undefined && canRefit(parent, taught)) {
    return { ...createClassifier(refit(parent, taught)), unlabelled: 0, encoded: 0 }
  }

  const { targets } = taught
  const classes = labels.length
  const settings = chooseFitSettings(texts.length, classes)
  const drawn = drawTexts(input.unlabelled ?? [], texts, input.seed)
  const { maxFeatures } = chooseFitSettings(texts.length + drawn.length, classes)
  const ngrams = { ...defaultNgramOptions, maxFeatures }
  const read = [...taught.texts, ...drawn]
  const corpus = readCorpus(read, ngrams, (done) => report('reading', Math.min(1, done / read.length)))
  const unlabelled = Int32Array.from(drawn, (_, at) => taught.texts.length + at)
  const words = unlabelled.length > 0 ? fitWordVectors(corpus, unlabelled, input.seed) : undefined
  const vectors = input.encodings
    ? joinEncodings({ words, encodings: input.encodings, texts: read, unlabelled })
    : words
  const encoded = vectors === words ? 0 : read.filter((text) => input.encodings?.has(text)).length
  const { temperature, warming, novelty, accuracy, ece, predictions } = crossValidate({
    corpus,
    targets,
    groupOf,
    unlabelled,
    vectors,
    classes,
    settings,
    seed: input.seed,
    onProgress: (fraction) => report('calibrating', fraction),
  })
  const { vocabulary, network } = fitCorpus({
    corpus,
    rows: Int32Array.from(targets.keys()),
    targets,
    unlabelled,
    vectors,
    classes,
    settings,
    seed: input.seed,
    onProgress: taught.onProgress,
  })
  const { costs } = taught
  const heldOut = roundPredictions(predictions, costs && createCostTable(labels, costs))
  const judged = withCosts(labels, heldOut, costs)
  const thresholds = thresholdsFor(labels, judged, budgets)
  const selection = selectionAt(labels, judged, thresholds)
  const classifier = createClassifier({
    labels,
    ngrams,
    vocabulary: { hashes: vocabulary.hashes, idf: vocabulary.idf },
    // Rounded as they will be stored, so that a classifier does not change by being saved.
    ...roundedNetwork(network),
    temperature,
    warming,
    novelty,
    ...thresholds,
    heldOut,
    costs,
    seed: input.seed,
    examples: texts.length,
    fullFit: { examples: texts.length, refits: 0 },
    settings,
    heldOutSummary: { n: heldOut.truths.length, accuracy, ...selection, ece },
  })
  const rows = predictions.rows.map((row) => order[row]!)
  return { ...classifier, unlabelled: drawn.length, encoded, heldOutPredictions: { ...predictions, rows } }
}

/** The unlabelled texts to use, in canonical order. */
function drawTexts(unlabelled: readonly string[], labelled: readonly string[], seed: number): string[] {
  const known = new Set(labelled)
  const texts = [...new Set(unlabelled)].filter((text) => !known.has(text)).sort()
  const rows = drawUnlabelled(Int32Array.from(texts.keys()), labelled.length, seed)
  return Array.from(rows, (row) => texts[row]!)
}

function checkArguments({
  seed,
  labels,
  unlabelled = [],
  riskBudget: budget = 0.05,
  failureProbability = DEFAULT_FAILURE_PROBABILITY,
  labelBudgets,
}: TrainingInput): RiskBudgets {
  if (!Number.isSafeInteger(seed)) throw new LearningError('INVALID_ARGUMENT', 'a seed must be an integer')
  if (labels.some((label) => typeof label !== 'string')) {
    throw new LearningError('INVALID_ARGUMENT', 'a label must be a string')
  }
  if (unlabelled.some((text) => typeof text !== 'string')) {
    throw new LearningError('INVALID_ARGUMENT', 'a text must be a string')
  }
  const budgets = { facet: { budget, failureProbability }, ...(labelBudgets && { labels: labelBudgets }) }
  checkBudgets(budgets)
  return budgets
}
