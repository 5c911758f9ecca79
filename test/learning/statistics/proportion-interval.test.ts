import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalTail } from '../../../src/learning/statistics/distributions.ts'
import { holm } from '../../../src/learning/statistics/holm.ts'
import { compareProportions, wilsonInterval } from '../../../src/learning/statistics/proportions.ts'

const rounded = (interval: readonly number[]) => interval.map((end) => Number(end.toFixed(4)))

describe('the interval of a proportion', () => {
  it.each([
    [81, 263, [0.2553, 0.3662]],
    [15, 148, [0.0624, 0.1605]],
    [0, 20, [0, 0.1611]],
    [1, 29, [0.0061, 0.1718]],
  ])(
    'is that of Newcombe 1998 (Statistics in Medicine 17:857, table I, method 3) for %i of %i',
    (count, n, ends) => {
      expect(rounded(wilsonInterval(count / n, n))).toEqual(ends)
    },
  )

  it('holds the share, lies in [0, 1], and is anything without cases', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, part) => {
          const share = Math.round(part * n) / n
          const [low, high] = wilsonInterval(share, n)
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(share + 1e-12)
          expect(high).toBeGreaterThanOrEqual(share - 1e-12)
          expect(high).toBeLessThanOrEqual(1)
        },
      ),
    )
  })
})

describe('two proportions compared', () => {
  it.each([
    [56, 70, 48, 80, [0.0524, 0.3339]],
    [9, 10, 3, 10, [0.1705, 0.809]],
    [6, 7, 2, 7, [0.0582, 0.8062]],
    [5, 56, 0, 29, [-0.0381, 0.1926]],
    [0, 10, 0, 20, [-0.1611, 0.2775]],
    [0, 10, 0, 10, [-0.2775, 0.2775]],
    [10, 10, 0, 20, [0.6791, 1]],
    [10, 10, 0, 10, [0.6075, 1]],
  ])(
    'have the interval of Newcombe 1998 (Statistics in Medicine 17:873, table II, method 10): %i/%i and %i/%i',
    (a, m, b, n, ends) => {
      expect(rounded(compareProportions({ count: a, of: m }, { count: b, of: n }).interval)).toEqual(ends)
    },
  )

  it('differ as in a poll of 605 and 195 people, 351 and 41 of them for it: z = 8.99', () => {
    const { difference, p } = compareProportions({ count: 351, of: 605 }, { count: 41, of: 195 })
    expect(difference).toBeCloseTo(0.37, 3)
    expect(p / (2 * normalTail(8.9859))).toBeCloseTo(1, 2)
  })

  it('do not differ where both are all or nothing, and cannot be compared without cases', () => {
    expect(compareProportions({ count: 3, of: 3 }, { count: 9, of: 9 })).toMatchObject({
      difference: 0,
      p: 1,
    })
    expect(() => compareProportions({ count: 0, of: 0 }, { count: 1, of: 2 })).toThrow('no cases')
  })

  it('swap their difference, interval and keep their p when they change places', () => {
    const tally = fc
      .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 400 }))
      .map(([of, count]) => ({ of, count: Math.min(of, count) }))
    fc.assert(
      fc.property(tally, tally, (one, other) => {
        const there = compareProportions(one, other)
        const back = compareProportions(other, one)
        expect(back.difference).toBeCloseTo(-there.difference, 12)
        expect(back.interval[0]).toBeCloseTo(-there.interval[1], 12)
        expect(back.p).toBeCloseTo(there.p, 12)
        expect(there.p).toBeGreaterThanOrEqual(0)
        expect(there.p).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.1586553],
    [1.644854, 0.05],
    [1.959964, 0.025],
    [2.575829, 0.005],
    [-1, 0.8413447],
  ])('has above %f the share that tables give', (z, tail) => {
    expect(normalTail(z)).toBeCloseTo(tail, 6)
  })
})

describe('Holm’s adjustment', () => {
  it.each([
    [
      [0.01, 0.02, 0.03, 0.04, 0.05],
      [0.05, 0.08, 0.09, 0.09, 0.09],
    ],
    [
      [0.01, 0.04, 0.03, 0.005],
      [0.03, 0.06, 0.06, 0.02],
    ],
    [[], []],
    [[0.9], [0.9]],
  ])('gives what p.adjust of R gives for %j', (given, adjusted) => {
    expect(holm(given).map((p) => Number(p.toFixed(10)))).toEqual(adjusted)
  })
})
