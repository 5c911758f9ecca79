import { LearningError } from '../errors.ts'
import { type LearningCurve, middleOf } from './learning-curve.ts'

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
 * The grid of rates. Below the lowest rate the law is nearly a logarithm, above the highest nearly a step; learning
 * curves lie between (Viering & Loog 2023, section 4).
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
    throw new LearningError('INVALID_ARGUMENT', 'a curve needs at least two different numbers of labels')
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

/** The predicted gain of accuracy by more labels; 0.005 is half a point. */
export interface PredictedGain {
  /** Present number of labels. */
  readonly labels: number
  /** Further labels. */
  readonly more: number
  readonly gain: number
  /** 90 % interval over other test texts. */
  readonly interval: readonly [low: number, high: number]
}

/**
 * What the accuracy would gain by more labels, by a power law through the curve. Points
 * are weighted by their number of labels (Figueroa et al. 2012), since later points predict the future better.
 *
 * @param labels number of examples
 * @param more number of further labels
 * @throws LearningError `INVALID_ARGUMENT` where the curve has fewer than three points, or a count is not positive
 */
export function predictGain(curve: LearningCurve, labels: number, more: number): PredictedGain {
  if (!(labels > 0 && more > 0))
    throw new LearningError(
      'INVALID_ARGUMENT',
      'the target number of labels must be larger than the present one',
    )
  if (curve.points.length < 3)
    throw new LearningError('INVALID_ARGUMENT', 'predicting a gain takes at least three points')
  const gainBy = (accuracies: readonly number[]) => {
    const law = lawThrough(curve, accuracies)
    return accuracyAfter(law, labels + more) - accuracyAfter(law, labels)
  }
  return {
    labels,
    more,
    gain: gainBy(curve.points.map(({ accuracy }) => accuracy)),
    interval: middleOf(curve.resampled.map(gainBy), 0.9),
  }
}

/** The law through the points of a curve, with these accuracies. */
function lawThrough({ points }: LearningCurve, accuracies: readonly number[]): PowerLaw {
  return fitPowerLaw(points.map(({ labels }, at) => ({ labels, accuracy: accuracies[at]!, weight: labels })))
}

/** The predicted accuracy after so many labels. */
export interface PredictedAccuracy {
  readonly labels: number
  readonly accuracy: number
  /** 90 % interval over other test texts. */
  readonly interval: readonly [low: number, high: number]
}

/**
 * The accuracy after these numbers of labels, by the law of {@link predictGain}: the continuation of the curve.
 *
 * @throws LearningError `INVALID_ARGUMENT` where the curve has points of fewer than two numbers of labels
 */
export function predictAccuracies(curve: LearningCurve, labels: readonly number[]): PredictedAccuracy[] {
  const law = lawThrough(
    curve,
    curve.points.map(({ accuracy }) => accuracy),
  )
  const others = curve.resampled.map((accuracies) => lawThrough(curve, accuracies))
  return labels.map((count) => {
    const accuracy = accuracyAfter(law, count)
    const [low, high] = middleOf(
      others.map((each) => accuracyAfter(each, count)),
      0.9,
    )
    return { labels: count, accuracy, interval: [Math.min(low, accuracy), Math.max(high, accuracy)] }
  })
}

/** Whether more labels are worthwhile; `uncertain` where the interval contains the bound. */
export type LabellingAdvice = 'stop' | 'go-on' | 'uncertain'

/** Least gain of accuracy that is worth the labels: half a point. */
const WORTHWHILE_GAIN = 0.005

/** `stop` where even the upper end of the interval is below the bound, `go-on` where the lower end is not. */
export function adviseOnGain({ gain, interval }: PredictedGain, bound = WORTHWHILE_GAIN): LabellingAdvice {
  if (Math.max(gain, interval[1]) < bound) return 'stop'
  return Math.min(gain, interval[0]) >= bound ? 'go-on' : 'uncertain'
}

/** The advice in a sentence, for people; points are hundredths of accuracy. */
export function describeGain(
  predicted: PredictedGain,
  language: 'en' | 'fr',
  bound = WORTHWHILE_GAIN,
): string {
  const points = (share: number) => {
    const written = (Math.max(0, share) * 100).toFixed(1)
    return language === 'fr' ? written.replace('.', ',') : written
  }
  // French counts as several from two on, what is written being what counts: 1,9 point, 2,0 points.
  const frenchPoints = (share: number) => {
    const written = points(share)
    return `${written}\u00a0${Number.parseFloat(written) < 2 ? 'point' : 'points'}`
  }
  const { more, gain, interval } = predicted
  const between = [points(Math.min(gain, interval[0])), points(Math.max(gain, interval[1]))]
  const advice = adviseOnGain(predicted, bound)
  if (language === 'fr') {
    const labels =
      more < 2 ? `${more} étiquette de plus ferait gagner` : `${more} étiquettes de plus feraient gagner`
    if (advice === 'stop')
      return `${labels} moins de ${frenchPoints(bound)}\u00a0: vous pouvez cesser d’étiqueter cette facette.`
    const worth =
      advice === 'go-on' ? 'cela en vaut la peine' : 'on ne sait pas encore si cela en vaut la peine'
    return `${labels} environ ${frenchPoints(gain)} (de ${between[0]} à ${between[1]})\u00a0: ${worth}.`
  }
  const labels = more === 1 ? '1 more label' : `${more} more labels`
  if (advice === 'stop')
    return `${labels} would gain less than ${points(bound)} points: you can stop labelling this facet.`
  const worth = advice === 'go-on' ? 'worth it' : 'too early to say whether it is worth it'
  return `${labels} would gain about ${points(gain)} points (${between[0]} to ${between[1]}): ${worth}.`
}
