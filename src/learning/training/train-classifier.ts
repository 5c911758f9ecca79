import { defaultNgramOptions } from '../../text/terms/ngrams.ts'
import { roundedNetwork } from '../artefact/weights.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { labelTexts } from '../features/label-texts.ts'
import { inCanonicalOrder } from '../features/ordered-examples.ts'
import { selectionAt, thresholdsFor } from '../risk/budgets.ts'
import { checkBudgets, type RiskBudgets, USUAL_DOUBT } from '../risk/risk-budget.ts'
import { calibrateOutOfFold, type OutOfFoldPredictions } from './cross-validate.ts'
import { fitCorpus } from './fit-corpus.ts'
import { chooseFitSettings } from './fit-settings.ts'
import { heldOutRows } from './held-out.ts'
import { canRefit, refit } from './refit.ts'
import { drawUnlabelled } from './self-training.ts'

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
  /**
   * Texts that nobody labelled, of those that the classifier will be asked about. Up to 10,000 texts in all are learned
   * from, by what a first fit makes of these (docs/internals/learning.md).
   */
  readonly unlabelled?: readonly string[]
  /** A classifier to go on from, where little was labelled since; it is not changed. */
  readonly parent?: Classifier
  /** What a label means, by label, beside its name; both are learned from. */
  readonly descriptions?: Readonly<Record<string, string>>
  /** Largest share of wrong labels among those assigned; 0.05 unless told. */
  readonly riskBudget?: number
  /** The same of labels that are to have their own, by label. */
  readonly labelBudgets?: Readonly<Record<string, number>>
  /** Probability, at most, that a budget is exceeded after all, see `chooseThresholds`; 0.005 unless told. */
  readonly riskDoubt?: number
  readonly onProgress?: (progress: TrainingProgress) => void
}

/** A classifier fresh from its examples; a saved and loaded one answers as it does. */
export interface TrainedClassifier extends Classifier {
  /** How many of the unlabelled texts it was offered to learn from; 0 where a parent was fitted further. */
  readonly unlabelled: number
  /**
   * What was said of examples by models that had not seen them: of all, or of 3,000 and more where there are many;
   * `rows` are positions in the texts given. Absent where a parent was fitted further.
   */
  readonly outOfFoldPredictions?: OutOfFoldPredictions
}

/**
 * Learns a classifier, its temperature and its thresholds from labelled texts, and from others besides. The same texts,
 * labels, parent and seed give the same classifier to the last bit, in whatever order the rows come. With a parent that
 * saw nearly as many examples of the same labels, that one is fitted further, in a fifth of the time.
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
    texts: [...texts, ...names.texts],
    targets: Int32Array.from([...known, ...names.targets]),
    onProgress: (share: number) => report('fitting', share),
  }
  const parent = input.parent?.model
  if (parent !== undefined && canRefit(parent, taught)) {
    return { ...createClassifier(refit(parent, taught)), unlabelled: 0 }
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
  const { temperature, warming, familiarity, accuracy, ece, predictions } = calibrateOutOfFold({
    corpus,
    targets,
    groupOf,
    unlabelled,
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
    classes,
    settings,
    seed: input.seed,
    onProgress: taught.onProgress,
  })
  const heldOut = heldOutRows(predictions)
  const thresholds = thresholdsFor(labels, heldOut, budgets)
  const selection = selectionAt(labels, heldOut, thresholds)
  const classifier = createClassifier({
    labels,
    ngrams,
    vocabulary: { hashes: vocabulary.hashes, idf: vocabulary.idf },
    // Rounded as they will be stored, so that a classifier does not change by being saved.
    ...roundedNetwork(network),
    temperature,
    warming,
    familiarity,
    ...thresholds,
    heldOut,
    seed: input.seed,
    examples: texts.length,
    fullFit: { examples: texts.length, refits: 0 },
    settings,
    outOfFold: { n: heldOut.truths.length, accuracy, ...selection, ece },
  })
  const rows = predictions.rows.map((row) => order[row]!)
  return { ...classifier, unlabelled: drawn.length, outOfFoldPredictions: { ...predictions, rows } }
}

/** In canonical order, without what is labelled. */
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
  riskDoubt: doubt = USUAL_DOUBT,
  labelBudgets,
}: TrainingInput): RiskBudgets {
  if (!Number.isSafeInteger(seed)) throw new LearningError('INVALID_ARGUMENT', 'a seed is an integer')
  if (labels.some((label) => typeof label !== 'string')) {
    throw new LearningError('INVALID_ARGUMENT', 'a label is a string')
  }
  if (unlabelled.some((text) => typeof text !== 'string')) {
    throw new LearningError('INVALID_ARGUMENT', 'a text is a string')
  }
  const budgets = { facet: { budget, doubt }, ...(labelBudgets && { labels: labelBudgets }) }
  checkBudgets(budgets)
  return budgets
}
