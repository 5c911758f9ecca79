import { copyOf } from '../artefact/weights.ts'
import { LearningError } from '../errors.ts'
import type { CostTable } from '../risk/costs.ts'
import type { HeldOutPredictions } from '../risk/risk-budget.ts'
import type { CrossValidatedPredictions } from './cross-validate.ts'

/** Held-out predictions in the precision of the artefact, which keeps them so that a changed budget needs no training. */
export interface StoredHeldOutPredictions extends HeldOutPredictions {
  readonly truths: Uint32Array
  readonly likeliest: Uint32Array
  readonly confidences: Float32Array
}

/**
 * Rounds predictions to the precision of the artefact, so that saving does not change thresholds. Novel rows get
 * confidence 0, since no threshold would assign them. With costs, rows have the class of least expected cost and its score.
 */
export function roundPredictions(
  { truths, novel, ...predictions }: CrossValidatedPredictions,
  costs?: CostTable,
): StoredHeldOutPredictions {
  const { likeliest, confidences } = costs ? decideRows(predictions, truths.length, costs) : predictions
  return {
    truths: Uint32Array.from(truths),
    likeliest: Uint32Array.from(likeliest),
    confidences: Float32Array.from(confidences, (confidence, row) => (novel[row] === 1 ? 0 : confidence)),
  }
}

/** The class of least expected cost of each row, and its score. */
export function decideRows(
  { probabilities }: Pick<CrossValidatedPredictions, 'probabilities'>,
  rows: number,
  costs: CostTable,
): Pick<CrossValidatedPredictions, 'likeliest' | 'confidences'> {
  const classes = probabilities.length / Math.max(1, rows)
  const likeliest = new Int32Array(rows)
  const confidences = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const { given, score } = costs.decide(probabilities.subarray(row * classes, (row + 1) * classes))
    likeliest[row] = given
    confidences[row] = score
  }
  return { likeliest, confidences }
}

/** Writes `held-out.bin`: true classes (uint32), then predicted classes (uint32), then confidences (float32). */
export function encodeHeldOut({ truths, likeliest, confidences }: StoredHeldOutPredictions): Uint8Array {
  const bytes = new Uint8Array(truths.length * 12)
  ;[truths, likeliest, confidences].forEach(({ buffer, byteOffset, byteLength }, at) => {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at * byteLength)
  })
  return bytes
}

/**
 * Reads `held-out.bin`.
 *
 * @throws LearningError `ARTEFACT_CORRUPT` where the bytes are not those of so many rows
 */
export function decodeHeldOut(bytes: Uint8Array, rows: number): StoredHeldOutPredictions {
  if (bytes.length !== rows * 12)
    throw new LearningError('ARTEFACT_CORRUPT', 'classifier.json and held-out.bin do not match')
  const { buffer } = copyOf(bytes)
  return {
    truths: new Uint32Array(buffer, 0, rows),
    likeliest: new Uint32Array(buffer, rows * 4, rows),
    confidences: new Float32Array(buffer, rows * 8, rows),
  }
}

/** Whether predictions are possible ones of a classifier of so many classes. */
export function areValid(
  { truths, likeliest, confidences }: StoredHeldOutPredictions,
  classes: number,
): boolean {
  return (
    truths.length > 0 &&
    truths.length === likeliest.length &&
    truths.length === confidences.length &&
    truths.every((c) => c < classes) &&
    likeliest.every((c) => c < classes) &&
    confidences.every((confidence) => confidence >= 0 && confidence <= 1)
  )
}
