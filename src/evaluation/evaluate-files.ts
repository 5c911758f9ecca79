import { OUT_OF_SCOPE } from '../learning/evaluation/evaluate.ts'
import { dealTexts } from '../learning/training/folds.ts'
import type { TrainingProgress } from '../learning/training/train-classifier.ts'
import { modelErrors } from '../models/errors.ts'
import type { Example } from '../models/training/training-example.ts'
import { evaluateTexts, type TextEvaluation, type TextEvaluationOptions } from './evaluate-texts.ts'
import { type FileFigures, fileFigures } from './file-figures.ts'
import { readLabelledFile, readTextFile } from './labelled-file.ts'

/** The progress of a training, and its number of how many, counted from 0. */
export interface EvaluationProgress extends TrainingProgress {
  readonly training: number
  readonly trainings: number
}

/** CSV files with columns `text` and `label`: one to learn from, and what to test on. */
export type FileEvaluation = {
  readonly train: string
  /** 1 by default. */
  readonly seed?: number
  /** Largest share of wrong labels among those assigned; by default 0.05, or `oosFrom` decides alone. */
  readonly riskBudget?: number
  /** CSV file with some `oos` texts, on which the threshold of being in scope is chosen. */
  readonly oosFrom?: string
  /** CSV file whose texts are learned from without labels. */
  readonly unlabelled?: string
  readonly onProgress?: (progress: EvaluationProgress) => void
} & (
  | { readonly test: string; readonly folds?: never }
  /** Folds of a cross-validation on `train`, at least two. */
  | { readonly folds: number; readonly test?: never }
)

/**
 * Trains on one file and tests on another, or by cross-validation, in the calling process; nothing is stored. All but
 * times is a function of the rows, whatever their order, and the seed.
 *
 * @throws CodedError NO_TEXTS_IN_FILE, TOO_FEW_LABELS_IN_FILE, TOO_FEW_TEXTS_FOR_FOLDS, NO_OUT_OF_SCOPE_TEXTS; those of
 * `sources` when a file cannot be read
 */
export async function evaluateFiles(input: FileEvaluation): Promise<FileFigures> {
  const train = await readLabelledFile(input.train)
  const labels = labelsOf(train.examples)
  if (labels < 2) throw modelErrors.TOO_FEW_LABELS_IN_FILE({ file: input.train, labels })
  const others: OptionalTexts = {
    scope: await readScope(input.oosFrom),
    unlabelled: input.unlabelled === undefined ? undefined : await readTextFile(input.unlabelled),
  }
  const counts = { learned: train.examples.length, labels, rejected: train.rejected }
  if (input.test === undefined) return fileFigures(await crossValidate(input, others, train.examples), counts)

  const test = await readLabelledFile(input.test)
  if (test.examples.length === 0) throw modelErrors.NO_TEXTS_IN_FILE({ file: input.test })
  const evaluation = await evaluateTexts(
    train.examples,
    test.examples,
    evaluationOptions(input, others, 0, 1),
  )
  return fileFigures([evaluation], { ...counts, rejected: train.rejected + test.rejected })
}

/** The contents of the optional files. */
interface OptionalTexts {
  readonly scope: readonly Example[] | undefined
  readonly unlabelled: readonly string[] | undefined
}

async function crossValidate(
  input: FileEvaluation & { readonly folds: number },
  others: OptionalTexts,
  examples: readonly Example[],
): Promise<TextEvaluation[]> {
  const { folds } = input
  const texts = examples.map(({ text }) => text)
  const distinct = new Set(texts).size
  const tooFew = () => modelErrors.TOO_FEW_TEXTS_FOR_FOLDS({ file: input.train, texts: distinct, folds })
  if (folds > distinct) throw tooFew()
  const labels = examples.map(({ label }) => label)
  const foldOf = dealTexts(texts, labels, { folds, seed: input.seed ?? 1 })
  const parts = Array.from({ length: folds }, (_, fold) => ({
    learned: examples.filter((__, row) => foldOf[row] !== fold),
    tested: examples.filter((__, row) => foldOf[row] === fold),
  }))
  if (parts.some(({ learned }) => labelsOf(learned) < 2)) throw tooFew()
  const evaluations: TextEvaluation[] = []
  for (const [fold, { learned, tested }] of parts.entries())
    evaluations.push(await evaluateTexts(learned, tested, evaluationOptions(input, others, fold, folds)))
  return evaluations
}

function evaluationOptions(
  input: FileEvaluation,
  { scope, unlabelled }: OptionalTexts,
  training: number,
  trainings: number,
): TextEvaluationOptions {
  const { seed = 1, riskBudget, onProgress } = input
  return {
    seed,
    riskBudget,
    oosFrom: scope,
    unlabelled,
    onProgress: onProgress && ((progress) => onProgress({ ...progress, training, trainings })),
  }
}

/** @throws CodedError NO_TEXTS_IN_FILE, NO_OUT_OF_SCOPE_TEXTS */
async function readScope(file: string | undefined): Promise<readonly Example[] | undefined> {
  if (file === undefined) return undefined
  const { examples } = await readLabelledFile(file)
  if (examples.length === 0) throw modelErrors.NO_TEXTS_IN_FILE({ file })
  if (examples.every(({ label }) => label !== OUT_OF_SCOPE)) throw modelErrors.NO_OUT_OF_SCOPE_TEXTS({ file })
  return examples
}

/** Labels that could be assigned. */
function labelsOf(examples: readonly Example[]): number {
  return new Set(examples.map(({ label }) => label).filter((label) => label !== OUT_OF_SCOPE)).size
}
