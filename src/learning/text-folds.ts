import { LearningError } from './errors.ts'
import { dealFolds } from './folds.ts'

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
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts have ${labels.length} labels`)
  const distinct = [...new Set(texts)].sort()
  if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(folds) || folds < 2 || folds > distinct.length)
    throw new LearningError('INVALID_ARGUMENT', 'folds are at least two, and no more than there are texts')
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
