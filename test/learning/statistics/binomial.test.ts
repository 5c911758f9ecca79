import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialCdf, casesNeeded, upperBound } from '../../../src/learning/statistics/binomial.ts'

describe('the binomial distribution', () => {
  it('is summed up to a count', () => {
    const p = 0.3
    let sum = 0
    let term = 0.7 ** 12
    for (let k = 0; k <= 12; k++) {
      sum += term
      expect(binomialCdf(k, 12, p)).toBeCloseTo(sum, 12)
      term *= ((12 - k) / (k + 1)) * (p / (1 - p))
    }
    expect(binomialCdf(2000, 40_000, 0.05)).toBeCloseTo(0.5, 1)
  })

  it('is 1 far above the mean and 0 far below it, where single terms are too small for a number', () => {
    expect(binomialCdf(341, 528, 0.01)).toBe(1)
    expect(binomialCdf(600, 40_000, 0.05)).toBeLessThan(1e-300)
    expect(binomialCdf(9_000, 10_000, 0.05)).toBe(1)
    for (let k = 1; k <= 528; k++)
      expect(binomialCdf(k, 528, 0.01)).toBeGreaterThanOrEqual(binomialCdf(k - 1, 528, 0.01))
  })

  it.each([
    // The rule of three, exactly: 1 - 0.05^(1/n).
    [0, 10, 0.2589],
    [0, 100, 0.0295],
    // Upper ends of two-sided 90 % Clopper-Pearson intervals, R's binom.test(k, n, conf.level = 0.9).
    [1, 10, 0.3942],
    [5, 20, 0.4556],
  ])('bounds a share of which %d of %d were seen by %d', (k, n, bound) => {
    expect(upperBound(k, n, 0.05)).toBeCloseTo(bound, 4)
  })

  it('says how many cases it takes, none of them wrong, to bound a share', () => {
    expect(casesNeeded(0, { budget: 0.05, failureProbability: 0.05 })).toBe(59)
    expect(casesNeeded(0, { budget: 0.05, failureProbability: 0.1 })).toBe(45)
    expect(casesNeeded(0, { budget: 0.01, failureProbability: 0.05 })).toBe(299)
    expect(casesNeeded(1, { budget: 0.05, failureProbability: 0.05 })).toBe(93)
    expect(casesNeeded(0, { budget: 0, failureProbability: 0.05 })).toBe(Infinity)
  })

  it('passes with the cases needed, and with none fewer', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(fc.nat(20), share, share, (wrong, budget, failureProbability) => {
        const needed = casesNeeded(wrong, { budget, failureProbability })
        expect(binomialCdf(wrong, needed, budget)).toBeLessThanOrEqual(failureProbability)
        expect(binomialCdf(wrong, needed - 1, budget)).toBeGreaterThan(failureProbability)
        expect(upperBound(wrong, needed, failureProbability)).toBeLessThanOrEqual(budget + 1e-8)
      }),
    )
  })
})
