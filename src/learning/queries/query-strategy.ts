import { LearningError } from '../errors.ts'
import type { SparseRows } from '../features/vectorizer.ts'

/** The unlabelled rows to choose from. The choice does not depend on their order. */
export interface QueryPool {
  /** Distinct ids of the rows: ties and random draws depend on them. */
  readonly ids: readonly string[]
  /** The model's predictions for the rows; absent while there is no model. */
  readonly classProbabilities?: ClassProbabilities | undefined
  /** Number of examples of each label so far, by class. */
  readonly labelled: ArrayLike<number>
  readonly seed: number
}

/** A shortlist with its texts as weighted n-grams; all matrices have the columns of one vocabulary. */
export interface Candidates {
  /** Positions in the pool, in the order of the shortlist. */
  readonly rows: Int32Array
  /** The text of each. */
  readonly texts: SparseRows
  /** The name and description of each label, by class; empty where it has no words. */
  readonly names: SparseRows
  /** Texts that are labelled or queued already, from which the chosen ones must differ. */
  readonly asked: SparseRows
}

/**
 * A query strategy chooses the rows to label next, in two steps, since comparing all texts of a large pool takes too
 * long: a shortlist by the predictions, then a choice among the texts of the shortlist. Both are pure functions.
 */
export interface QueryStrategy {
  /** Distinct positions in the pool, the best first: `limit` of them, or all where there are fewer. */
  shortlist(pool: QueryPool, limit: number): Int32Array
  /** Distinct positions in the pool, in the order in which to label them: at most `count` of the candidates. */
  choose(pool: QueryPool, candidates: Candidates, count: number): Int32Array
}

/**
 * The likeliest labels of each row of a pool, the likeliest first. Row `i` is `[i · ranks, (i + 1) · ranks)` of both
 * arrays. Two ranks suffice for a margin, so that all probabilities of a hundred thousand rows need not be in memory.
 */
export interface ClassProbabilities {
  /** Number of labels kept of each row, at least 1. */
  readonly ranks: number
  /** Number of labels, at least `ranks`. */
  readonly classes: number
  /** Class of each rank. */
  readonly ranked: ArrayLike<number>
  /** Its probability, descending within a row. */
  readonly probabilities: ArrayLike<number>
}

/**
 * Keeps the likeliest labels of each row; of equals, the first class.
 *
 * @param probabilities row-major, `classes` a row
 * @throws LearningError `INVALID_ARGUMENT` where these are not whole rows
 */
export function rankClassProbabilities(
  probabilities: ArrayLike<number>,
  classes: number,
  ranks = Math.min(2, classes),
): ClassProbabilities {
  if (!(classes >= 1 && ranks >= 1 && ranks <= classes) || probabilities.length % classes !== 0)
    throw new LearningError(
      'INVALID_ARGUMENT',
      'class probabilities must be whole rows with at least as many classes as ranks',
    )
  const rows = probabilities.length / classes
  const ranked = new Int32Array(rows * ranks)
  const kept = new Float32Array(rows * ranks)
  for (let row = 0; row < rows; row++) {
    const base = row * ranks
    let held = 0
    for (let c = 0; c < classes; c++) {
      const p = probabilities[row * classes + c]!
      if (held === ranks && !(p > kept[base + held - 1]!)) continue
      let at = held < ranks ? held++ : ranks - 1
      for (; at > 0 && kept[base + at - 1]! < p; at--) {
        kept[base + at] = kept[base + at - 1]!
        ranked[base + at] = ranked[base + at - 1]!
      }
      kept[base + at] = p
      ranked[base + at] = c
    }
  }
  return { ranks, classes, ranked, probabilities: kept }
}

/** @throws LearningError `LENGTH_MISMATCH` where the probabilities are not those of so many rows */
export function checkClassProbabilities(
  { ranks, ranked, probabilities }: ClassProbabilities,
  rows: number,
): void {
  if (ranked.length !== rows * ranks || probabilities.length !== rows * ranks)
    throw new LearningError(
      'LENGTH_MISMATCH',
      `class probabilities for ${ranked.length / ranks} rows instead of ${rows}`,
    )
}
