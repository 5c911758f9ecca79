import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactMcNemar } from '../../../src/learning/statistics/binomial.ts'
import { holm } from '../../../src/learning/statistics/holm.ts'
import { fisherExact } from '../../../src/learning/statistics/proportions.ts'
import { signedRank } from '../../../src/learning/statistics/rank-tests.ts'

describe('the exact McNemar test', () => {
  it('gives what is published for surveys of one panel', () => {
    // Agresti 2002, table 10.1: 150 and 86 changed their minds; Fay's exact2x2 gives 3.716e-05, two-sided.
    expect(2 * exactMcNemar(150, 86)).toBeCloseTo(3.716e-5, 8)
    // Siegel & Castellan 1988, sign test table D: x = 3 of N = 14 has one-tailed p = .029.
    expect(exactMcNemar(11, 3)).toBeCloseTo(0.0287, 4)
    // Of five and of four differing cases on one side: 1/32, 1/16.
    expect(exactMcNemar(5, 0)).toBeCloseTo(1 / 32, 12)
    expect(exactMcNemar(4, 0)).toBeCloseTo(1 / 16, 12)
  })

  it('says nothing without differing cases, nor for gains, and refuses what is no count', () => {
    expect(exactMcNemar(0, 0)).toBe(1)
    expect(exactMcNemar(0, 9)).toBe(1)
    expect(() => exactMcNemar(-1, 2)).toThrow(/whole numbers/)
    expect(() => exactMcNemar(1.5, 2)).toThrow(/whole numbers/)
  })

  it('has tails that overlap in the case seen only', () => {
    const counts = fc.integer({ min: 0, max: 300 })
    fc.assert(
      fc.property(counts, counts, (lost, gained) => {
        const both = exactMcNemar(lost, gained) + exactMcNemar(gained, lost)
        expect(both).toBeGreaterThanOrEqual(1 - 1e-9)
        const less = exactMcNemar(lost + 1, gained)
        expect(less).toBeLessThanOrEqual(exactMcNemar(lost, gained) + 1e-12)
      }),
    )
  })
})

describe("Holm's adjustment", () => {
  it('gives what is published', () => {
    // The worked example of Wikipedia's article on the Holm–Bonferroni method: the first and the fourth are rejected.
    expect(holm([0.01, 0.04, 0.03, 0.005]).map((p) => Number(p.toFixed(4)))).toEqual([0.03, 0.06, 0.06, 0.02])
  })

  it('rejects what the sequential procedure rejects', () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(p, { maxLength: 30 }), (values) => {
        const adjusted = holm(values)
        const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
        let open = true
        order.forEach((at, place) => {
          open &&= values[at]! * (values.length - place) < 0.05
          expect(adjusted[at]! < 0.05).toBe(open)
        })
      }),
    )
  })
})

describe("Fisher's exact test", () => {
  it('gives what is published', () => {
    // Agresti 2002, table 3.8: the lady tasting tea, 3 of 4 and 1 of 4; two-sided p = 0.486.
    expect(fisherExact({ of: 4, count: 3 }, { of: 4, count: 1 })).toBeCloseTo(0.4857, 4)
    // R's documentation of fisher.test: convictions of like-sex twins (Fisher 1962), p = 0.0005367.
    expect(fisherExact({ of: 12, count: 2 }, { of: 18, count: 15 })).toBeCloseTo(0.0005367, 7)
  })

  it('does not mind which group comes first, nor what counts as success', () => {
    const group = fc
      .tuple(fc.integer({ min: 0, max: 80 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([of, share]) => ({ of, count: Math.round(of * share) }))
    const failures = ({ of, count }: { of: number; count: number }) => ({
      of,
      count: of - count,
    })
    fc.assert(
      fc.property(group, group, (one, other) => {
        const p = fisherExact(one, other)
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(fisherExact(other, one)).toBeCloseTo(p, 9)
        expect(fisherExact(failures(one), failures(other))).toBeCloseTo(p, 9)
      }),
    )
    expect(() => fisherExact({ of: 2, count: 3 }, { of: 1, count: 1 })).toThrow(/whole numbers/)
  })
})

describe("Wilcoxon's signed-rank test", () => {
  it('gives what is published', () => {
    // Hollander & Wolfe 1973, p. 29: depression scores of nine patients before and after; R: V = 40, p = 0.01953.
    const first = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
    const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
    expect(signedRank(first.map((each, at) => each - second[at]!))).toBeCloseTo(0.01953, 5)
  })

  it('counts two to the power of n ways, shares ranks and leaves zeros out', () => {
    expect(signedRank([1, 1, 1, 1, 1])).toBeCloseTo(1 / 32, 12)
    expect(signedRank([0, 3, 0, 2])).toBeCloseTo(1 / 4, 12)
    expect(signedRank([2, -2])).toBeCloseTo(3 / 4, 12)
    expect(signedRank([0, 0])).toBe(1)
    expect(() => signedRank([Number.NaN])).toThrow(/number/)
  })

  it('is nearly the same counted out and approximated', () => {
    const signs = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 })
    fc.assert(
      fc.property(signs, (positive) => {
        const differences = positive.map((up, at) => (up ? 1 : -1) * (at + 1))
        const exact = signedRank(differences)
        const with61st = signedRank([...differences, 1e-9])
        expect(Math.abs(exact - with61st)).toBeLessThan(0.02)
      }),
    )
  })
})
