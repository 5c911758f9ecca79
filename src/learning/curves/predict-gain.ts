import { LearningError } from '../errors.ts'
import { type LearningCurve, middleOf } from './learning-curve.ts'
import { accuracyAfter, fitPowerLaw } from './power-law.ts'

/** What more labels would bring, in shares of accuracy: 0.005 is half a point. */
export interface PredictedGain {
  /** Labels there are. */
  readonly labels: number
  /** Labels more. */
  readonly more: number
  readonly gain: number
  /** Of 90 % of the curves that other texts to judge on could have given. */
  readonly interval: readonly [low: number, high: number]
}

/**
 * What the accuracy would gain by more labels, by a power law through the curve. The later a point the more it weighs (as
 * its number of labels, Figueroa et al. 2012), as it says more of what comes.
 *
 * @param labels examples there are; @param more how many are thought of
 * @throws LearningError `INVALID_ARGUMENT` where the curve has fewer than three points, or a count is not positive
 */
export function predictGain(curve: LearningCurve, labels: number, more: number): PredictedGain {
  if (!(labels > 0 && more > 0))
    throw new LearningError('INVALID_ARGUMENT', 'a gain is predicted from some labels to more')
  if (curve.points.length < 3)
    throw new LearningError('INVALID_ARGUMENT', 'a gain is predicted from three points at least')
  const gainBy = (accuracies: readonly number[]) => {
    const points = curve.points.map((point, at) => ({
      labels: point.labels,
      accuracy: accuracies[at]!,
      weight: point.labels,
    }))
    const law = fitPowerLaw(points)
    return accuracyAfter(law, labels + more) - accuracyAfter(law, labels)
  }
  return {
    labels,
    more,
    gain: gainBy(curve.points.map(({ accuracy }) => accuracy)),
    interval: middleOf(curve.resampled.map(gainBy), 0.9),
  }
}
