import { LearningError } from '../errors.ts'

/**
 * What a model thinks of each row of a pool: its likeliest labels, the likeliest first. Row `i` is
 * `[i · ranks, (i + 1) · ranks)` of both arrays. Two ranks are enough for a margin, so that a hundred thousand rows of a
 * thousand labels need not be held.
 */
export interface Beliefs {
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
export function rankBeliefs(
  probabilities: ArrayLike<number>,
  classes: number,
  ranks = Math.min(2, classes),
): Beliefs {
  if (!(classes >= 1 && ranks >= 1 && ranks <= classes) || probabilities.length % classes !== 0)
    throw new LearningError('INVALID_ARGUMENT', 'beliefs are whole rows of at least as many classes as ranks')
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
export function checkBeliefs({ ranks, ranked, probabilities }: Beliefs, rows: number): void {
  if (ranked.length !== rows * ranks || probabilities.length !== rows * ranks)
    throw new LearningError('LENGTH_MISMATCH', `beliefs of ${ranked.length / ranks} rows, not of ${rows}`)
}
