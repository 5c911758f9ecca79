import { LearningError } from '../errors.ts'
import { createRandom } from '../random.ts'
import { twoSided, Z_95 } from '../statistics/distributions.ts'
import type { Interval } from '../statistics/proportions.ts'
import { expectedCalibrationError } from './calibration-error.ts'

/** The confidence of each prediction, and whether it was right; parallel arrays. */
export interface Confidences {
  /** In [0, 1]. */
  readonly confidences: Float64Array
  /** 1 where the likeliest label was right, else 0. */
  readonly correct: Uint8Array
}

export interface CalibrationEstimate {
  /** Expected calibration error as measured, which few cases make look worse than it is. */
  readonly measured: number
  /** What a perfectly calibrated model would measure on so many cases of these confidences, in the mean. */
  readonly byChance: number
  /** 95 % interval of the error that would be measured on ever so many cases. */
  readonly interval: Interval
}

const ROUNDS = { least: 60, most: 400 }
/** Cases drawn a call: some fifty milliseconds. */
const DRAWS = 200_000

/**
 * Expected calibration error with an interval. The error is a sum of distances, so that noise only adds to it. Where a
 * perfectly calibrated model would have as large an error in one of twenty samples (consistency resampling, Bröcker & Smith
 * 2007) the interval begins at 0; else it is what the percentile and the basic bootstrap (Davison & Hinkley 1997, section
 * 5.2) have together, of which the former lies too high and the latter too low, and goes down at least by what chance adds
 * to the error of a perfect model.
 *
 * @throws LearningError `INVALID_ARGUMENT` without a case
 */
export function estimateCalibration(cases: Confidences, seed = 1): CalibrationEstimate {
  const { confidences, correct } = cases
  const n = confidences.length
  if (n === 0) throw new LearningError('INVALID_ARGUMENT', 'there are no cases')
  const random = createRandom(seed)
  const rounds = Math.max(ROUNDS.least, Math.min(ROUNDS.most, Math.floor(DRAWS / n)))
  const drawn = { confidences: new Float64Array(n), correct: new Uint8Array(n) }
  const resampled = Float64Array.from({ length: rounds }, () => {
    for (let row = 0; row < n; row++) {
      const from = random.below(n)
      drawn.confidences[row] = confidences[from]!
      drawn.correct[row] = correct[from]!
    }
    return expectedCalibrationError(drawn.confidences, drawn.correct)
  }).sort()
  const perfect = Float64Array.from({ length: rounds }, () => {
    for (let row = 0; row < n; row++) drawn.correct[row] = random.next() < confidences[row]! ? 1 : 0
    return expectedCalibrationError(confidences, drawn.correct)
  }).sort()
  const measured = expectedCalibrationError(confidences, correct)
  const byChance = perfect.reduce((sum, error) => sum + error, 0) / rounds
  const highest = quantile(resampled, 0.975)
  const lowest = Math.min(2 * measured - highest, measured - byChance)
  return {
    measured,
    byChance,
    interval: [
      measured <= quantile(perfect, 0.95) ? 0 : Math.max(0, lowest),
      Math.min(1, Math.max(highest, 2 * measured - quantile(resampled, 0.025))),
    ],
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** The difference of the overconfidence of two groups of cases. */
export interface OverconfidenceDifference {
  readonly difference: number
  /** 95 % confidence interval, for many cases. */
  readonly interval: Interval
  /** Two-sided p-value of no difference: Welch's test with the normal distribution. */
  readonly p: number
}

/** Mean confidence less accuracy: above 0 where a model is overconfident; 0 without a case. */
export function overconfidence({ confidences, correct }: Confidences): number {
  const sum = confidences.reduce((total, confidence, row) => total + confidence - correct[row]!, 0)
  return confidences.length > 0 ? sum / confidences.length : 0
}

/**
 * Compares the calibration of two groups by their mean overconfidence. Calibration errors cannot
 * be compared: they depend on the number of cases.
 *
 * @throws LearningError `INVALID_ARGUMENT` where a group has fewer than two cases
 */
export function compareOverconfidence(one: Confidences, other: Confidences): OverconfidenceDifference {
  const difference = overconfidence(one) - overconfidence(other)
  const deviation = Math.sqrt(squaredError(one) + squaredError(other))
  return {
    difference,
    interval: [Math.max(-1, difference - Z_95 * deviation), Math.min(1, difference + Z_95 * deviation)],
    p: deviation === 0 ? (difference === 0 ? 1 : 0) : twoSided(difference / deviation),
  }
}

/** The squared standard error of the mean overconfidence. */
function squaredError(group: Confidences): number {
  const n = group.confidences.length
  if (n < 2) throw new LearningError('INVALID_ARGUMENT', 'a group has fewer than two cases')
  const mean = overconfidence(group)
  const squares = group.confidences.reduce(
    (sum, confidence, row) => sum + (confidence - group.correct[row]! - mean) ** 2,
    0,
  )
  return squares / (n - 1) / n
}
