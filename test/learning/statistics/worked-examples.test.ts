import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareShift } from '../../../src/learning/drift/share-shift.ts'
import {
  binomialUpperTail,
  chiSquaredTail,
  logGamma,
  normalTail,
} from '../../../src/learning/statistics/distributions.ts'
import { holm } from '../../../src/learning/statistics/holm.ts'
import {
  estimateShare,
  fisherGreater,
  logLikelihoodRatio,
} from '../../../src/learning/statistics/proportions.ts'
import { compareRanks } from '../../../src/learning/statistics/rank-tests.ts'

const counts = (cases: readonly number[]) => new Map(cases.map((count, at) => [`kind ${at}`, count]))

describe('tail probabilities', () => {
  it('agrees with the tables of χ², the normal distribution and the gamma function', () => {
    expect(chiSquaredTail(3.841459, 1)).toBeCloseTo(0.05, 6)
    expect(chiSquaredTail(18.307038, 10)).toBeCloseTo(0.05, 6)
    expect(chiSquaredTail(149.4493, 100)).toBeCloseTo(0.001, 6)
    expect(normalTail(1.959964)).toBeCloseTo(0.025, 7)
    expect(normalTail(-1.281552)).toBeCloseTo(0.9, 6)
    expect(normalTail(6) / 9.865876e-10).toBeCloseTo(1, 6)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
    expect(logGamma(171)).toBeCloseTo(706.573062245787, 8)
  })

  it("gives Fisher's lady 17 in 70 for three of four cups, and 1 in 70 for all", () => {
    expect(fisherGreater({ count: 3, of: 4 }, { count: 1, of: 4 })).toBeCloseTo(17 / 70, 12)
    expect(fisherGreater({ count: 4, of: 4 }, { count: 0, of: 4 })).toBeCloseTo(1 / 70, 12)
    expect(fisherGreater({ count: 0, of: 4 }, { count: 4, of: 4 })).toBe(1)
  })

  it('sums the exact terms, whatever the table', () => {
    const tally = fc
      .integer({ min: 1, max: 25 })
      .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))
    const choose = (n: number, k: number): number =>
      k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k
    fc.assert(
      fc.property(tally, tally, (now, before) => {
        const count = now.count + before.count
        let exact = 0
        for (let k = now.count; k <= Math.min(count, now.of); k++)
          exact += choose(now.of, k) * choose(before.of, count - k)
        expect(fisherGreater(now, before)).toBeCloseTo(exact / choose(now.of + before.of, count), 9)
      }),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (k, n, p) => {
          let exact = 0
          for (let i = k; i <= n; i++) exact += choose(n, i) * p ** i * (1 - p) ** (n - i)
          expect(binomialUpperTail(k, n, p)).toBeCloseTo(exact, 9)
        },
      ),
    )
  })

  it('compares two rates as Przyborowski and Wilenski did: 3 dodder seeds after none, p = 0.125', () => {
    expect(binomialUpperTail(3, 3, 0.5)).toBeCloseTo(0.125, 12)
  })
})

describe('the log-likelihood ratio', () => {
  it("gives 270.72 for “the swiss”, as in Dunning's table", () => {
    // 110 times together, 2,442 times “the” before another word, 111 times “swiss” after another, 29,114 times neither.
    const ratio = logLikelihoodRatio({ count: 110, of: 110 + 2442 }, { count: 111, of: 111 + 29_114 })
    expect(ratio).toBeCloseTo(270.72, 2)
  })

  it('is 0 for equal shares, also of nothing and of all', () => {
    expect(logLikelihoodRatio({ count: 3, of: 10 }, { count: 30, of: 100 })).toBeCloseTo(0, 9)
    expect(logLikelihoodRatio({ count: 0, of: 10 }, { count: 0, of: 100 })).toBe(0)
    expect(logLikelihoodRatio({ count: 10, of: 10 }, { count: 100, of: 100 })).toBe(0)
  })
})

describe("Holm's adjustment", () => {
  it('adjusts 0.01, 0.04, 0.03, 0.005 to 0.03, 0.06, 0.06, 0.02', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005])
    ;[0.03, 0.06, 0.06, 0.02].forEach((p, at) => {
      expect(adjusted[at]).toBeCloseTo(p, 12)
    })
    expect(holm([])).toEqual([])
  })
})

describe('the comparison of ranks', () => {
  it('finds the permeability of the chorioamnion as Hollander and Wolfe do: W = 35, p = 0.1103', () => {
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    const early = [1.15, 0.88, 0.9, 0.74, 1.21]
    const { u, effect, p } = compareRanks(term, early)
    expect(u).toBe(35)
    expect(effect).toBe(0.7)
    expect(p).toBeCloseTo(0.1103, 4)
  })

  it('counts ties half, and knows nothing of equal or missing values', () => {
    expect(compareRanks([1, 2], [2, 3])).toMatchObject({ u: 0.5, effect: 0.125 })
    expect(compareRanks([4, 4], [4, 4, 4])).toMatchObject({ effect: 0.5, p: 1 })
    expect(compareRanks([], [1])).toMatchObject({ effect: 0.5, p: 1 })
  })
})

describe('the shift of shares', () => {
  it('tests the apolipoprotein genotypes of Gardemann et al. as McDonald does: G = 7.30, 2 df, P = 0.026', () => {
    const { g, df, p } = shareShift(counts([268, 199, 42]), counts([807, 759, 184]))
    expect(g).toBeCloseTo(7.3, 2)
    expect(df).toBe(2)
    expect(p).toBeCloseTo(0.026, 3)
  })

  it('is 1 bit between groups with nothing in common, and none between equal ones', () => {
    const apart = shareShift(counts([50, 0]), counts([0, 50]))
    expect(apart.divergence).toBeCloseTo(1, 12)
    expect(apart.psi).toBeGreaterThan(5)
    const same = shareShift(counts([30, 70]), counts([60, 140]))
    expect(same.divergence).toBeCloseTo(0, 12)
    expect(same.g).toBeCloseTo(0, 9)
    expect(same.psi).toBeLessThan(0.001)
  })

  it('gives the textbook index of 30, 70 % becoming 40, 60 %', () => {
    const psi = 0.1 * Math.log(0.4 / 0.3) + -0.1 * Math.log(0.6 / 0.7)
    expect(shareShift(counts([30_000, 70_000]), counts([40_000, 60_000])).psi).toBeCloseTo(psi, 4)
  })

  it('takes kinds too rare for the test together, and never loses a case', () => {
    const rare = Array.from({ length: 50 }, () => 2)
    const { df } = shareShift(counts([500, 400, ...rare]), counts([50, 40, ...rare.map(() => 0)]))
    expect(df).toBe(2)
    expect(shareShift(counts([3, 1]), counts([1, 2]))).toMatchObject({ df: 0, p: 1 })
    expect(shareShift(new Map(), counts([3]))).toMatchObject({ p: 1, psi: 0 })
  })
})

describe('the estimate of a share', () => {
  it("has Wilson's interval: 81 of 263 are 0.255 to 0.366 (Newcombe 1998)", () => {
    const { low, high } = estimateShare({ count: 81, of: 263 })
    expect(low).toBeCloseTo(0.2553, 4)
    expect(high).toBeCloseTo(0.3662, 4)
    expect(estimateShare({ count: 0, of: 0 })).toEqual({ share: 0, low: 0, high: 1 })
  })
})
