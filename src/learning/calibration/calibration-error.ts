import { LearningError } from '../errors.ts'
import { createRandom } from '../random.ts'

/** Rows of neighbouring confidence: their number, the sum of their confidences, and how many are right. */
interface Bin {
  readonly size: number
  readonly confidence: number
  readonly right: number
}

/**
 * Mean distance between confidence and accuracy over bins of equal mass, weighted by rows (Guo et al. 2017, eq. 3, with
 * the bins of Nixon et al. 2019). Rows of equal confidence share a bin, so the order of rows makes no difference.
 */
export function expectedCalibrationError(confidences: Float64Array, correct: Uint8Array, bins = 15): number {
  const distances = binsOf(confidences, correct, bins).map(({ confidence, right }) =>
    Math.abs(confidence - right),
  )
  return confidences.length > 0 ? sum(distances) / confidences.length : 0
}

/**
 * The calibration error without what chance adds to it: the root mean squared distance over the bins, less the variance
 * that a bin's accuracy has by the number of its rows (Kumar, Liang & Ma 2019, section 4).
 */
export function debiasedCalibrationError(confidences: Float64Array, correct: Uint8Array, bins = 15): number {
  const squares = binsOf(confidences, correct, bins).map(({ size, confidence, right }) => {
    const accuracy = right / size
    const chance = size > 1 ? (accuracy * (1 - accuracy)) / (size - 1) : 0
    return (size / confidences.length) * ((confidence / size - accuracy) ** 2 - chance)
  })
  return Math.sqrt(Math.max(0, sum(squares)))
}

/**
 * Where the calibration error of a perfectly calibrated model with such confidences lies: consistency resampling
 * (Bröcker & Smith 2007). Rows are drawn with replacement, and each is right with the probability that it states.
 *
 * @param level of the band, 0.95 for what all but 5 % stay below
 * @returns the middle one of `draws` errors, and the one that a share `level` of them does not exceed
 */
export function calibrationBand(
  confidences: Float64Array,
  { level = 0.95, draws = 1000, seed = 1, bins = 15 } = {},
): { readonly median: number; readonly upper: number } {
  const random = createRandom(seed)
  const n = confidences.length
  const errors = Float64Array.from({ length: draws }, () => {
    const drawn = Float64Array.from({ length: n }, () => confidences[random.below(n)]!)
    const correct = Uint8Array.from(drawn, (confidence) => (random.next() < confidence ? 1 : 0))
    return expectedCalibrationError(drawn, correct, bins)
  }).sort()
  return { median: errors[Math.floor(draws / 2)]!, upper: errors[Math.ceil(draws * level) - 1]! }
}

function binsOf(confidences: Float64Array, correct: Uint8Array, bins: number): Bin[] {
  if (confidences.length !== correct.length) {
    throw new LearningError('LENGTH_MISMATCH', 'each confidence needs one outcome')
  }
  const n = confidences.length
  const order = Int32Array.from(confidences.keys()).sort((a, b) => confidences[a]! - confidences[b]!)
  const found: Bin[] = []
  let size = 0
  let confidence = 0
  let right = 0
  for (let at = 0; at < n; at++) {
    const row = order[at]!
    size++
    confidence += confidences[row]!
    right += correct[row]!
    const isFull = at + 1 >= ((found.length + 1) * n) / bins
    if (at + 1 < n && (!isFull || confidences[order[at + 1]!] === confidences[row])) continue
    found.push({ size, confidence, right })
    size = confidence = right = 0
  }
  return found
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
