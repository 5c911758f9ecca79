import { copyOf } from '../artefact/weights.ts'
import { LearningError } from '../errors.ts'
import type { HeldOutPredictions } from '../risk/risk-budget.ts'
import type { OutOfFoldPredictions } from './cross-validate.ts'

/** Held-out predictions as an artefact keeps them, so that a changed budget needs no training. */
export interface HeldOutRows extends HeldOutPredictions {
  readonly truths: Uint32Array
  readonly likeliest: Uint32Array
  readonly confidences: Float32Array
}

/**
 * Rounded as they will be stored, so that thresholds do not change by being saved. Rows that are unlike the others have no
 * confidence, since they would not be assigned at any.
 */
export function heldOutRows({ truths, likeliest, confidences, familiar }: OutOfFoldPredictions): HeldOutRows {
  return {
    truths: Uint32Array.from(truths),
    likeliest: Uint32Array.from(likeliest),
    confidences: Float32Array.from(confidences, (confidence, row) => (familiar[row] === 1 ? confidence : 0)),
  }
}

/** `held-out.bin`: classes of all rows (uint32), classes they were given (uint32), confidences (float32). */
export function encodeHeldOut({ truths, likeliest, confidences }: HeldOutRows): Uint8Array {
  const bytes = new Uint8Array(truths.length * 12)
  ;[truths, likeliest, confidences].forEach(({ buffer, byteOffset, byteLength }, at) => {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at * byteLength)
  })
  return bytes
}

/** The rows that `encodeHeldOut` wrote; `ARTEFACT_CORRUPT` where they are not `rows`. */
export function decodeHeldOut(bytes: Uint8Array, rows: number): HeldOutRows {
  if (bytes.length !== rows * 12)
    throw new LearningError('ARTEFACT_CORRUPT', 'classifier.json and held-out.bin do not match')
  const { buffer } = copyOf(bytes)
  return {
    truths: new Uint32Array(buffer, 0, rows),
    likeliest: new Uint32Array(buffer, rows * 4, rows),
    confidences: new Float32Array(buffer, rows * 8, rows),
  }
}

/** Whether rows are what a classifier of so many labels may have said. */
export function areSound({ truths, likeliest, confidences }: HeldOutRows, classes: number): boolean {
  return (
    truths.length > 0 &&
    truths.length === likeliest.length &&
    truths.length === confidences.length &&
    truths.every((c) => c < classes) &&
    likeliest.every((c) => c < classes) &&
    confidences.every((confidence) => confidence >= 0 && confidence <= 1)
  )
}
