import type { PredictedGain } from './predict-gain.ts'

/** Whether it is worth labelling on: where the interval is on both sides of the bound, nobody knows. */
export type LabellingAdvice = 'stop' | 'go-on' | 'uncertain'

/** A gain of accuracy that is not worth the labels: half a point. */
export const WORTHWHILE_GAIN = 0.005

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
    return `${labels} would gain less than ${points(bound)} points: stop labelling this facet.`
  const worth = advice === 'go-on' ? 'worth it' : 'too early to say whether that is worth it'
  return `${labels} would gain about ${points(gain)} points (${between[0]} to ${between[1]}): ${worth}.`
}
