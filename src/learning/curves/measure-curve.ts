import { LearningError } from '../errors.ts'
import { readCorpus } from '../features/corpus.ts'
import { labelTexts } from '../features/label-texts.ts'
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
   * Labelled texts drawn at random, never learned from. Without, examples are judged in turn, which where they were chosen
   * to teach most (by the default strategy, say) judges on harder texts than come in.
   */
  readonly heldOut?: { readonly texts: readonly string[]; readonly labels: readonly string[] }
  readonly descriptions?: Readonly<Record<string, string>>
  /** Texts that nobody has labelled yet, which a classifier learns from besides. */
  readonly unlabelled?: readonly string[]
  /** Numbers of examples to learn from; of five shares of them unless told. */
  readonly sizes?: readonly number[]
  readonly seed: number
  readonly onProgress?: (fraction: number) => void
}

/** What part of the examples each point learns from, unless told. */
const SHARES = [0.3, 0.45, 0.6, 0.8, 1]
const FOLDS = 5
/** Texts judged, at least, where there are so many: each fold more is a fit more for every point. */
const ENOUGH_JUDGED = 1000
const RESAMPLES = 100

/**
 * How good a classifier would have been at several times of the labelling: one is fitted to the first so many examples,
 * without calibration, and judged on texts that it has not seen. It takes five fits where texts are held out, otherwise
 * five for each fifth of the examples that is judged: a whole fit or two, up to twelve of a small set.
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
    const verdicts: number[] = []
    let examples = 0
    parts.forEach(({ judged, isLearned }, part) => {
      const rows = Int32Array.from({ length: size }, (_, row) => row).filter(isLearned)
      const targets = rows.map((row) => truth[row]!)
      // What was labelled later was there already, without its label.
      const later = Int32Array.from({ length: texts.length - size }, (_, at) => size + at).filter(isLearned)
      const without = Int32Array.from([...later, ...neverLabelled])
      const fitted = fitRows({ corpus, examples: rows, targets, names, unlabelled: without, seed })
      const probabilities = predictRows(fitted, corpus, judged)
      judged.forEach((row, place) => {
        const known = fitted.known.length
        const best = highestIn(probabilities, place * known, (place + 1) * known)
        verdicts.push(fitted.known[best] === truth[row] ? 1 : 0)
      })
      examples += rows.length
      onProgress((at + (part + 1) / parts.length) / sizes.length)
    })
    right.push(Uint8Array.from(verdicts))
    learned.push(Math.round(examples / parts.length))
  })
  return {
    points: right.map((each, at) => ({ labels: learned[at]!, accuracy: shareOf(each) })),
    judged: right[0]!.length,
    heldOut: heldOut.texts.length > 0,
    resampled: resample(right, seed),
  }
}

/** Rows to judge by a classifier that learned from others. */
interface Part {
  readonly judged: Int32Array
  isLearned(row: number): boolean
}

function heldOutPart({ texts, heldOut }: CurveInput): Part {
  return { judged: Int32Array.from(heldOut!.texts, (_, at) => texts.length + at), isLearned: () => true }
}

/** As many folds as judge enough texts. */
function partsInTurn({ texts, labels, seed }: CurveInput): Part[] {
  const foldOf = dealTexts(texts, labels, { folds: FOLDS, seed })
  const folds = Math.min(FOLDS, Math.max(1, Math.ceil(ENOUGH_JUDGED / (texts.length / FOLDS))))
  return Array.from({ length: folds }, (_, fold) => ({
    judged: Int32Array.from(foldOf.keys()).filter((row) => foldOf[row] === fold),
    isLearned: (row) => foldOf[row] !== fold,
  }))
}

/** Accuracies of each size over texts drawn with replacement, the same for all sizes. */
function resample(right: readonly Uint8Array[], seed: number): number[][] {
  const random = createRandom(seed)
  const judged = right[0]!.length
  return Array.from({ length: RESAMPLES }, () => {
    const drawn = Int32Array.from({ length: judged }, () => random.below(judged))
    return right.map((each) => shareOf(drawn.map((at) => each[at]!)))
  })
}

function shareOf(verdicts: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < verdicts.length; at++) sum += verdicts[at]!
  return verdicts.length > 0 ? sum / verdicts.length : 0
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
