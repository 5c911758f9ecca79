import { LearningError } from '../errors.ts'
import { createRandom, shuffle } from '../random.ts'

/**
 * Deals rows into folds of nearly equal size and of nearly equal shares of each class. Rows of equal text always
 * share a fold, so that no row is predicted by a model that has seen its text.
 *
 * @param targets class of each row
 * @param groupOf number of the distinct text of each row, from 0 without gaps
 * @returns the fold of each row, in `[0, folds)`
 */
export function dealFolds(targets: Int32Array, groupOf: Int32Array, folds: number, seed: number): Int32Array {
  const classOfGroup = new Int32Array(groupOf.length).fill(-1)
  let groups = 0
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!
    if (classOfGroup[group]! < 0) classOfGroup[group] = targets[row]!
    groups = Math.max(groups, group + 1)
  }
  const order = shuffle(
    Int32Array.from({ length: groups }, (_, group) => group),
    createRandom(seed),
  )
  // A stable sort by class keeps the shuffle within each class; dealing goes on from class to class.
  const dealt = Array.from(order).sort((a, b) => classOfGroup[a]! - classOfGroup[b]!)
  const foldOfGroup = new Int32Array(groups)
  dealt.forEach((group, place) => {
    foldOfGroup[group] = place % folds
  })
  return groupOf.map((group) => foldOfGroup[group]!)
}

/**
 * Deals labelled texts into folds for cross-validation: of nearly equal size, each with nearly the same share of
 * every label, equal texts together. The fold of a text depends on the texts, their labels and the seed, not on the
 * order in which they come.
 *
 * @returns the fold of each text, in `[0, folds)`
 * @throws LearningError `LENGTH_MISMATCH`; `INVALID_ARGUMENT` (folds or seed no integers, fewer than two folds, or
 * fewer distinct texts than folds)
 */
export function dealTexts(
  texts: readonly string[],
  labels: readonly string[],
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Int32Array {
  if (texts.length !== labels.length)
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts, but ${labels.length} labels`)
  const distinct = [...new Set(texts)].sort()
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(folds) || folds < 2 || folds > distinct.length)
    throw new LearningError(
      'INVALID_ARGUMENT',
      'the number of folds must be at least 2 and at most the number of texts',
    )
  const groups = new Map(distinct.map((text, group) => [text, group]))
  const classes = new Map([...new Set(labels)].sort().map((label, c) => [label, c]))
  // A text with two labels is dealt by the first of them in order, whichever row came first.
  const rows = [...texts.keys()].sort((a, b) => classes.get(labels[a]!)! - classes.get(labels[b]!)!)
  const dealt = dealFolds(
    Int32Array.from(rows, (row) => classes.get(labels[row]!)!),
    Int32Array.from(rows, (row) => groups.get(texts[row]!)!),
    folds,
    seed,
  )
  const foldOf = new Int32Array(texts.length)
  rows.forEach((row, at) => {
    foldOf[row] = dealt[at]!
  })
  return foldOf
}
