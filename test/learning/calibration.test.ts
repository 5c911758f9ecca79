import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ABSTAIN_ALWAYS,
  binomialCdf,
  chooseThreshold,
  fitTemperature,
  TEMPERATURE_BOUNDS,
} from '../../src/learning/calibration.ts'
import { softmaxInPlace } from '../../src/learning/predict.ts'
import { createRandom } from '../../src/learning/random.ts'

const risk = { budget: 0.05, doubt: 0.1 }

describe('the temperature', () => {
  it.each([0.5, 1, 3])('is found again when labels were drawn at %d', (truth) => {
    const random = createRandom(11)
    const rows = 4000
    const logits = Float64Array.from({ length: rows * 4 }, () => random.next() * 6)
    const targets = Int32Array.from({ length: rows }, (_, row) => {
      const p = logits.slice(row * 4, row * 4 + 4)
      softmaxInPlace(p, 0, 4, truth)
      let left = random.next()
      return p.findIndex((share, c) => {
        left -= share
        return left < 0 || c === 3
      })
    })
    expect(fitTemperature(logits, targets, 4) / truth).toBeCloseTo(1, 1)
  })

  it('does not become certain because a few rows were all right', () => {
    const logits = Float64Array.of(2, 0, 0, 2, 2, 0)
    const p = Float64Array.of(2, 0)
    softmaxInPlace(p, 0, 2, fitTemperature(logits, Int32Array.of(0, 1, 0), 2))
    expect(p[0]).toBeLessThan(0.85)
  })

  it('stays within bounds for any logits', () => {
    const row = fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.nat(1)), { maxLength: 20 }), (rows) => {
        const t = fitTemperature(
          Float64Array.from(rows.flatMap(([pair]) => pair)),
          Int32Array.from(rows, ([, target]) => target),
          2,
        )
        expect(t).toBeGreaterThanOrEqual(TEMPERATURE_BOUNDS[0])
        expect(t).toBeLessThanOrEqual(TEMPERATURE_BOUNDS[1])
      }),
    )
  })
})

describe('the threshold', () => {
  const falling = (n: number) => Float64Array.from({ length: n }, (_, i) => 1 - i / (n + 1))

  it('needs 45 faultless rows for a budget of 0.05', () => {
    expect(chooseThreshold(falling(44), new Uint8Array(44).fill(1), risk)).toBe(ABSTAIN_ALWAYS)
    expect(chooseThreshold(falling(45), new Uint8Array(45).fill(1), risk)).toBe(falling(45)[44])
  })

  it('abstains on everything when nothing meets the budget, and when there is nothing', () => {
    expect(chooseThreshold(falling(500), new Uint8Array(500), risk)).toBe(ABSTAIN_ALWAYS)
    expect(chooseThreshold(new Float64Array(), new Uint8Array(), risk)).toBe(ABSTAIN_ALWAYS)
    expect(ABSTAIN_ALWAYS).toBeGreaterThan(1)
  })

  it('parts the rows that are right from those that are not', () => {
    const correct = Uint8Array.from({ length: 200 }, (_, i) => (i < 100 ? 1 : 0))
    const threshold = chooseThreshold(falling(200), correct, risk)
    expect(threshold).toBeLessThanOrEqual(falling(200)[99]!)
    expect(threshold).toBeGreaterThan(falling(200)[106]!)
  })

  it('never parts rows of equal confidence', () => {
    const confidences = new Float64Array(100).fill(0.9)
    const correct = Uint8Array.from({ length: 100 }, (_, i) => (i < 60 ? 1 : 0))
    expect(chooseThreshold(confidences, correct, risk)).toBe(ABSTAIN_ALWAYS)
  })

  it('keeps the bound of its rule on the rows it was chosen on', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 400 }), (seed, n) => {
        const random = createRandom(seed)
        const confidences = Float64Array.from({ length: n }, () => random.next())
        const correct = confidences.map((p) => (random.next() < p ** 0.1 ? 1 : 0))
        const threshold = chooseThreshold(confidences, Uint8Array.from(correct), risk)
        const assigned = [...confidences.keys()].filter((row) => confidences[row]! >= threshold)
        const wrong = assigned.filter((row) => correct[row] === 0).length
        if (assigned.length > 0) expect(wrong / assigned.length).toBeLessThan(risk.budget)
      }),
    )
  })

  it('sums the binomial distribution', () => {
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
})
