import { describe, expect, it } from 'vitest'
import {
  type Confidences,
  compareOverconfidence,
  estimateCalibration,
  overconfidence,
} from '../../../src/learning/calibration/calibration-parity.ts'
import { createRandom } from '../../../src/learning/random.ts'

/** Cases of a model that is right with probability `confidence − excess`. */
function cases(n: number, excess: number, seed: number): Confidences {
  const random = createRandom(seed)
  const confidences = Float64Array.from({ length: n }, () => 0.4 + 0.6 * random.next())
  const correct = Uint8Array.from(confidences, (confidence) => (random.next() < confidence - excess ? 1 : 0))
  return { confidences, correct }
}
const share = (of: readonly boolean[]) => of.filter(Boolean).length / of.length
const seeds = Array.from({ length: 200 }, (_, i) => i + 1)

const few = seeds.slice(0, 60)

describe('the calibration error', () => {
  it('looks worse the fewer the cases, by as much as it tells that chance does', () => {
    for (const n of [100, 1000]) {
      const estimates = few.map((seed) => estimateCalibration(cases(n, 0, seed), seed))
      const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length
      const measured = mean(estimates.map((each) => each.measured))
      expect(measured).toBeGreaterThan(0.8 / Math.sqrt(n))
      expect(mean(estimates.map((each) => each.byChance))).toBeCloseTo(measured, 2)
    }
  })

  it.each([0, 0.03, 0.15])(
    'has an interval that holds the true error some nine times in ten or more, of a model too sure by %f',
    (excess) => {
      for (const n of [100, 400])
        expect(
          share(
            few.map((seed) => {
              const [low, high] = estimateCalibration(cases(n, excess, seed), seed).interval
              return low <= excess && excess <= high
            }),
          ),
        ).toBeGreaterThanOrEqual(0.85) // Of 60, so that nine in ten may well be 51.
    },
  )

  it('cannot be told of nothing', () => {
    expect(() => estimateCalibration(cases(0, 0, 1))).toThrow('no cases')
  })
})

describe('overconfidence', () => {
  it('is what confidence has above the share that was right', () => {
    const three = { confidences: Float64Array.of(0.9, 0.8, 0.7), correct: Uint8Array.of(1, 1, 0) }
    expect(overconfidence(three)).toBeCloseTo(0.8 - 2 / 3, 12)
    expect(overconfidence({ confidences: new Float64Array(), correct: new Uint8Array() })).toBe(0)
  })

  it('is called different of two sound models one time in twenty, and of one that is too sure nearly always', () => {
    const alarms = (excess: number) =>
      share(
        seeds.map(
          (seed) => compareOverconfidence(cases(400, 0, seed), cases(300, excess, 1000 + seed)).p < 0.05,
        ),
      )
    expect(alarms(0)).toBeLessThanOrEqual(0.09)
    expect(alarms(0.15)).toBeGreaterThanOrEqual(0.95)
  })

  it('has an interval around its difference, and needs two cases of each', () => {
    const { difference, interval } = compareOverconfidence(cases(400, 0.1, 1), cases(400, 0, 2))
    expect(interval[0]).toBeLessThan(difference)
    expect(interval[0]).toBeLessThan(0.1)
    expect(interval[1]).toBeGreaterThan(0.1)
    expect(() => compareOverconfidence(cases(1, 0, 1), cases(5, 0, 2))).toThrow('fewer than two')
  })
})
