import { LearningError } from '../errors.ts'
import type { SparseRows } from '../features/vectorizer.ts'

/** Rows that could be asked about: none of them is labelled. What is chosen does not depend on their order. */
export interface QueryPool {
  /** Of each row, distinct; equals and chance are decided by them. */
  readonly ids: readonly string[]
  /** What the model thinks of each row; absent while there is none. */
  readonly classProbabilities?: ClassProbabilities | undefined
  /** Examples of each label so far, by class: as many numbers as there are labels. */
  readonly labelled: ArrayLike<number>
  readonly seed: number
}

/** A shortlist with its texts read. All rows are of one vocabulary. */
export interface Candidates {
  /** Positions in the pool, as the shortlist has them. */
  readonly rows: Int32Array
  /** The text of each. */
  readonly texts: SparseRows
  /** The name and description of each label, by class; empty where it has no words. */
  readonly names: SparseRows
  /** Texts that were asked about or labelled already and that new ones shall differ from. */
  readonly asked: SparseRows
}

/**
 * What to ask people about next. In two steps, since looking at all texts of a large pool takes too long: a shortlist
 * by what is known of each row, then a choice among the texts of those. Both are functions of their arguments.
 */
export interface QueryStrategy {
  /** Positions in the pool worth a closer look, the best first, distinct: at most `limit`, all where there are no more. */
  shortlist(pool: QueryPool, limit: number): Int32Array
  /** Positions in the pool, in the order in which to ask, distinct: at most `count` of the candidates. */
  choose(pool: QueryPool, candidates: Candidates, count: number): Int32Array
}

/**
 * What a model thinks of each row of a pool: its likeliest labels, the likeliest first. Row `i` is
 * `[i · ranks, (i + 1) · ranks)` of both arrays. Two ranks are enough for a margin, so that a hundred thousand rows of a
 * thousand labels need not be held.
 */
export interface ClassProbabilities {
  /** Labels told of each row, at least 1. */
  readonly ranks: number
  /** Labels there are, at least as many. */
  readonly classes: number
  /** Class of each rank. */
  readonly ranked: ArrayLike<number>
  /** Its probability, falling within a row. */
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

/** @throws LearningError `LENGTH_MISMATCH` where beliefs are of fewer or more rows than these */
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
