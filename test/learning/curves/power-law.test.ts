import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LearningCurve } from '../../../src/learning/curves/learning-curve.ts'
import {
  accuracyAfter,
  adviseOnGain,
  describeGain,
  fitPowerLaw,
  predictGain,
} from '../../../src/learning/curves/predict-gain.ts'

const LABELS = [200, 400, 800, 1200, 1600]

/** A curve of this law without any error. */
function curveOf(law: { ceiling: number; loss: number; rate: number }): LearningCurve {
  const points = LABELS.map((labels) => ({ labels, accuracy: accuracyAfter(law, labels) }))
  return {
    points,
    judged: 500,
    heldOut: true,
    resampled: Array(20).fill(points.map(({ accuracy }) => accuracy)),
  }
}

describe('a power law', () => {
  it('is found again from points on it', () => {
    const laws = fc.record({
      ceiling: fc.double({ min: 0.7, max: 0.99, noNaN: true }),
      loss: fc.double({ min: 1, max: 4, noNaN: true }),
      rate: fc.double({ min: 0.3, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(laws, (law) => {
        fc.pre(accuracyAfter(law, 200) > 0)
        const gain = predictGain(curveOf(law), 1600, 200).gain
        expect(gain).toBeCloseTo(accuracyAfter(law, 1800) - accuracyAfter(law, 1600), 3)
      }),
    )
  })

  it('never says that labels do harm, or that more than all is right', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(shares, (accuracies) => {
        const points = accuracies.map((accuracy, at) => ({ labels: LABELS[at]!, accuracy, weight: 1 }))
        const law = fitPowerLaw(points)
        expect(law.ceiling).toBeLessThanOrEqual(1)
        const after = [100, 1000, 10_000, 1e6].map((labels) => accuracyAfter(law, labels))
        expect(after).toEqual([...after].sort((a, b) => a - b))
      }),
    )
  })

  it('is not drawn through a single number of labels', () => {
    expect(() => fitPowerLaw([{ labels: 10, accuracy: 0.5, weight: 1 }])).toThrow(
      'two different numbers of labels',
    )
  })
})

describe('the gain of more labels', () => {
  const flat = curveOf({ ceiling: 0.93, loss: 30, rate: 1.2 })
  const steep = curveOf({ ceiling: 0.95, loss: 3, rate: 0.4 })

  it('is said to be too small where a curve has flattened out, in both languages', () => {
    const gain = predictGain(flat, 2000, 200)
    expect(adviseOnGain(gain)).toBe('stop')
    expect(describeGain(gain, 'en')).toBe(
      '200 more labels would gain less than 0.5 points: you can stop labelling this facet.',
    )
    expect(describeGain(gain, 'fr')).toBe(
      '200 étiquettes de plus feraient gagner moins de 0,5\u00a0point\u00a0: vous pouvez cesser d’étiqueter cette facette.',
    )
  })

  it('is said to be worth it where a curve still climbs', () => {
    const gain = predictGain(steep, 400, 400)
    expect(adviseOnGain(gain)).toBe('go-on')
    expect(describeGain(gain, 'en')).toContain('worth it')
    expect(describeGain(gain, 'fr')).toContain('cela en vaut la peine')
  })

  it('is one point below two in French, and of one label where it is one', () => {
    const told = (gain: number, more = 200) =>
      describeGain({ labels: 400, more, gain, interval: [0.004, 0.03] }, 'fr').split('\u00a0:')[0]
    expect(told(0.007)).toBe('200 étiquettes de plus feraient gagner environ 0,7\u00a0point (de 0,4 à 3,0)')
    expect(told(0.0199)).toContain('2,0\u00a0points')
    expect(told(0.007, 1)).toBe('1 étiquette de plus ferait gagner environ 0,7\u00a0point (de 0,4 à 3,0)')
  })

  it('is left open where the interval has the bound within', () => {
    const accuracies = flat.points.map(({ accuracy }) => accuracy)
    const steeper = steep.points.map(({ accuracy }) => accuracy)
    const curve = { ...flat, resampled: [accuracies, accuracies, steeper, steeper] }
    const gain = predictGain(curve, 2000, 400)
    expect(gain.interval[0]).toBeLessThan(0.005)
    expect(gain.interval[1]).toBeGreaterThan(0.005)
    expect(adviseOnGain(gain)).toBe('uncertain')
    expect(describeGain(gain, 'en')).toContain('too early to say')
  })

  it('is not told from two points', () => {
    const two = { ...flat, points: flat.points.slice(0, 2) }
    expect(() => predictGain(two, 2000, 200)).toThrow('three points')
    expect(() => predictGain(flat, 2000, 0)).toThrow('must be larger than the present one')
  })
})
