import { predictGain } from '../curves/predict-gain.ts'
import type { StoppingCriterion } from './stopping-criterion.ts'

export interface GainBelowOptions {
  /** Labels more that are thought of; 200 unless told. */
  readonly more?: number
  /** In shares of accuracy; 0.005, half a point, unless told. */
  readonly bound?: number
}

/** Stops where more labels would gain less than a bound, by the curve and by the upper end of its interval. */
export function gainBelow({ more = 200, bound = 0.005 }: GainBelowOptions = {}): StoppingCriterion {
  return {
    shouldStop({ labels, curve }) {
      if (curve === undefined || curve.points.length < 3) return false
      const { gain, interval } = predictGain(curve, labels, more)
      return Math.max(gain, interval[1]) < bound
    },
  }
}
