import { createRandom, shuffle } from '../random.ts'
import { highestIn } from './predict.ts'

/** Most examples and unlabelled texts together: beyond, unlabelled texts improve next to nothing. */
const MOST_ROWS = 10_000
/** Fewest unlabelled texts that are worth a second fit, as a share of the examples. */
const WORTHWHILE = 0.2

/** Most unlabelled texts that are worth learning from beside so many examples. */
export function mostUnlabelled(examples: number): number {
  const most = Math.max(0, MOST_ROWS - examples)
  return most < examples * WORTHWHILE ? 0 : most
}

/**
 * The unlabelled texts to learn from beside so many examples: drawn at random where there are more than needed, none
 * where there are too few.
 *
 * @param rows in canonical order
 */
export function drawUnlabelled(rows: Int32Array, examples: number, seed: number): Int32Array {
  const most = mostUnlabelled(examples)
  const drawn = rows.length <= most ? rows : shuffle(rows.slice(), createRandom(seed)).slice(0, most).sort()
  return isWorthwhile(drawn.length, examples) ? drawn : new Int32Array(0)
}

/** Whether so many unlabelled texts are worth a second fit beside so many examples. */
export function isWorthwhile(unlabelled: number, examples: number): boolean {
  return unlabelled > 0 && Math.min(unlabelled, mostUnlabelled(examples)) >= examples * WORTHWHILE
}

/**
 * The rows whose likeliest class has at least this probability, with that class: self-training (Yarowsky 1995;
 * pseudo-labels, Lee 2013). With a lower one, posts that fit no label are learned as if they did; with a higher one,
 * less is learned (docs/internals/learning.md).
 *
 * @param probabilities of the classes, row-major
 */
export function sureRows(
  rows: Int32Array,
  probabilities: Float64Array,
  classes: number,
  least: number,
): { readonly rows: Int32Array; readonly targets: Int32Array } {
  const sure: number[] = []
  const targets: number[] = []
  rows.forEach((row, at) => {
    const best = highestIn(probabilities, at * classes, (at + 1) * classes)
    if (!(probabilities[at * classes + best]! >= least)) return
    sure.push(row)
    targets.push(best)
  })
  return { rows: Int32Array.from(sure), targets: Int32Array.from(targets) }
}
