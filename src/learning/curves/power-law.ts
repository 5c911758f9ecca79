import { LearningError } from '../errors.ts'

/** Accuracy after `n` labels: `ceiling - loss · n^-rate`, with `loss` and `rate` not negative. */
interface PowerLaw {
  readonly ceiling: number
  readonly loss: number
  readonly rate: number
}

/** A point to fit: its weight is one over its variance, up to a factor that all have. */
interface WeighedPoint {
  readonly labels: number
  readonly accuracy: number
  readonly weight: number
}

/**
 * Rates looked at. Below the lowest the law is all but a logarithm, above the highest all but a step; learning curves
 * are between (Viering & Loog 2023, section 4).
 */
const RATES = { lowest: 0.05, highest: 2, steps: 80 }

/**
 * The inverse power law nearest to the points in weighted squares (Figueroa et al. 2012, eq. 1). At a given rate the
 * law is linear in the other two, which are solved for; the rate is searched on a grid. A ceiling above 1 is set to 1.
 *
 * @throws LearningError `INVALID_ARGUMENT` with points of fewer than two numbers of labels
 */
export function fitPowerLaw(points: readonly WeighedPoint[]): PowerLaw {
  if (new Set(points.map(({ labels }) => labels)).size < 2 || points.some(({ labels }) => !(labels > 0)))
    throw new LearningError('INVALID_ARGUMENT', 'a curve is fitted to at least two numbers of labels')
  const { lowest, highest, steps } = RATES
  let best: PowerLaw | undefined
  let least = Infinity
  for (let step = 0; step <= steps; step++) {
    const rate = lowest * (highest / lowest) ** (step / steps)
    const law = fitAtRate(points, rate)
    const error = weighedError(points, law)
    if (error < least) {
      best = law
      least = error
    }
  }
  return best!
}

/** Accuracy after so many labels, in [0, 1]. */
export function accuracyAfter({ ceiling, loss, rate }: PowerLaw, labels: number): number {
  return Math.max(0, Math.min(1, ceiling - loss * labels ** -rate))
}

function fitAtRate(points: readonly WeighedPoint[], rate: number): PowerLaw {
  let sum = 0
  let meanX = 0
  let meanY = 0
  for (const { labels, accuracy, weight } of points) {
    sum += weight
    meanX += weight * labels ** -rate
    meanY += weight * accuracy
  }
  meanX /= sum
  meanY /= sum
  let xx = 0
  let xy = 0
  for (const { labels, accuracy, weight } of points) {
    const x = labels ** -rate - meanX
    xx += weight * x * x
    xy += weight * x * (accuracy - meanY)
  }
  const loss = Math.max(0, -xy / xx)
  const ceiling = meanY + loss * meanX
  return ceiling <= 1 ? { ceiling, loss, rate } : { ceiling: 1, loss: lossBelowOne(points, rate), rate }
}

/** Of a law whose ceiling is 1. */
function lossBelowOne(points: readonly WeighedPoint[], rate: number): number {
  let xx = 0
  let xy = 0
  for (const { labels, accuracy, weight } of points) {
    const x = labels ** -rate
    xx += weight * x * x
    xy += weight * x * (1 - accuracy)
  }
  return Math.max(0, xy / xx)
}

function weighedError(points: readonly WeighedPoint[], law: PowerLaw): number {
  return points.reduce(
    (sum, { labels, accuracy, weight }) => sum + weight * (accuracyAfter(law, labels) - accuracy) ** 2,
    0,
  )
}
