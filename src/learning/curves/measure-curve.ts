import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { labelTexts } from '../features/examples.ts'
import { createRandom } from '../random.ts'
import { fitRows } from '../training/fit-corpus.ts'
import { dealTexts } from '../training/folds.ts'
import { highestIn, predictRows } from '../training/predict.ts'
import type { LearningCurve } from './learning-curve.ts'

export interface CurveInput {
  /** Examples in the order in which they were labelled. */
  readonly texts: readonly string[]
  /** The label of each. */
  readonly labels: readonly string[]
  /**
   * Labelled texts drawn at random, on which nothing is trained. Without them the examples are tested by cross-validation;
   * if a query strategy chose these, they are harder than the posts that come in.
   */
  readonly heldOut?: { readonly texts: readonly string[]; readonly labels: readonly string[] }
  readonly descriptions?: Readonly<Record<string, string>>
  /** Texts without a label, which a classifier also learns from. */
  readonly unlabelled?: readonly string[]
  /** Numbers of examples to learn from; by default five shares of all. */
  readonly sizes?: readonly number[]
  readonly seed: number
  readonly onProgress?: (fraction: number) => void
}

/** Default shares of the examples that the points learn from. */
const SHARES = [0.3, 0.45, 0.6, 0.8, 1]
const FOLDS = 5
/** Texts tested, at least, where there are as many; each further fold costs one fit a point. */
const ENOUGH_TESTED = 1000
const RESAMPLES = 100

/**
 * The accuracy of a classifier after several numbers of labels: for each, one is fitted to the first examples, without
 * calibration, and tested on texts that it has not seen. Takes five fits where texts are held out, otherwise five for
 * each fifth of the examples that is tested: as long as one or two trainings, up to twelve for a small set.
 *
 * @throws LearningError `LENGTH_MISMATCH`; `INVALID_ARGUMENT` (a size beyond the examples, fewer than five distinct
 * texts without any held out); `TOO_FEW_LABELS` where the smallest size has fewer than two
 */
export function measureLearningCurve(input: CurveInput): LearningCurve {
  const { texts, labels, seed, onProgress = () => {} } = input
  const heldOut = input.heldOut ?? { texts: [], labels: [] }
  checkLengths(texts, labels)
  checkLengths(heldOut.texts, heldOut.labels)
  const sizes = sizesOf(input)
  const classes = [...new Set(labels)].sort()
  const classOf = new Map(classes.map((label, c) => [label, c]))
  const named = labelTexts(classes, input.descriptions)
  const before = [...texts, ...heldOut.texts, ...named.texts]
  const unlabelled = [...new Set(input.unlabelled)].sort()
  const corpus = readCorpus([...before, ...unlabelled])
  const neverLabelled = Int32Array.from(unlabelled, (_, at) => before.length + at)
  const names = new Int32Array(classes.length).fill(-1)
  named.targets.forEach((c, at) => {
    names[c] = texts.length + heldOut.texts.length + at
  })
  const truth = Int32Array.from([...labels, ...heldOut.labels], (label) => classOf.get(label) ?? -1)
  const parts = heldOut.texts.length > 0 ? [heldOutPart(input)] : partsInTurn(input)

  const right: Uint8Array[] = []
  const learned: number[] = []
  sizes.forEach((size, at) => {
    const outcomes: number[] = []
    let examples = 0
    parts.forEach(({ tested, isLearned }, part) => {
      const rows = Int32Array.from({ length: size }, (_, row) => row).filter(isLearned)
      const targets = rows.map((row) => truth[row]!)
      // Texts that were labelled later existed already, without their label.
      const later = Int32Array.from({ length: texts.length - size }, (_, at) => size + at).filter(isLearned)
      const without = Int32Array.from([...later, ...neverLabelled])
      const fitted = fitRows({ corpus, examples: rows, targets, names, unlabelled: without, seed })
      const probabilities = predictRows(fitted, corpus, tested)
      tested.forEach((row, place) => {
        const known = fitted.known.length
        const best = highestIn(probabilities, place * known, (place + 1) * known)
        outcomes.push(fitted.known[best] === truth[row] ? 1 : 0)
      })
      examples += rows.length
      onProgress((at + (part + 1) / parts.length) / sizes.length)
    })
    right.push(Uint8Array.from(outcomes))
    learned.push(Math.round(examples / parts.length))
  })
  return {
    points: right.map((each, at) => ({ labels: learned[at]!, accuracy: shareOf(each) })),
    judged: right[0]!.length,
    heldOut: heldOut.texts.length > 0,
    resampled: resample(right, seed),
  }
}

/** Rows to test, and the rows that their classifier learns from. */
interface Part {
  readonly tested: Int32Array
  isLearned(row: number): boolean
}

function heldOutPart({ texts, heldOut }: CurveInput): Part {
  return { tested: Int32Array.from(heldOut!.texts, (_, at) => texts.length + at), isLearned: () => true }
}

/** As many folds as it takes to test enough texts. */
function partsInTurn({ texts, labels, seed }: CurveInput): Part[] {
  const foldOf = dealTexts(texts, labels, { folds: FOLDS, seed })
  const folds = Math.min(FOLDS, Math.max(1, Math.ceil(ENOUGH_TESTED / (texts.length / FOLDS))))
  return Array.from({ length: folds }, (_, fold) => ({
    tested: Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] === fold),
    isLearned: (row) => foldOf[row] !== fold,
  }))
}

/** Accuracies of each size over texts drawn with replacement, the same for all sizes. */
function resample(right: readonly Uint8Array[], seed: number): number[][] {
  const random = createRandom(seed)
  const tested = right[0]!.length
  return Array.from({ length: RESAMPLES }, () => {
    const drawn = Int32Array.from({ length: tested }, () => random.below(tested))
    return right.map((each) => shareOf(drawn.map((at) => each[at]!)))
  })
}

function shareOf(outcomes: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < outcomes.length; at++) sum += outcomes[at]!
  return outcomes.length > 0 ? sum / outcomes.length : 0
}

function sizesOf({ texts, sizes }: CurveInput): number[] {
  const wanted = sizes ?? SHARES.map((share) => Math.round(texts.length * share))
  if (
    wanted.length === 0 ||
    !wanted.every((size) => Number.isSafeInteger(size) && size > 0 && size <= texts.length)
  )
    throw new LearningError('INVALID_ARGUMENT', 'a size must not exceed the number of examples')
  return [...new Set(wanted)].sort((a, b) => a - b)
}

function checkLengths(texts: readonly string[], labels: readonly string[]): void {
  if (texts.length !== labels.length)
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts, but ${labels.length} labels`)
}
