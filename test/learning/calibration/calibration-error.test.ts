import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calibrationBand,
  debiasedCalibrationError,
  expectedCalibrationError,
} from '../../../src/learning/calibration/calibration-error.ts'
import { areaUnderRiskCoverage } from '../../../src/learning/evaluation/evaluate.ts'
import { createRandom, shuffle } from '../../../src/learning/random.ts'

const drawn = (n: number, isRight: (confidence: number, chance: number) => boolean, seed = 1) => {
  const random = createRandom(seed)
  const confidences = Float64Array.from({ length: n }, () => 0.5 + random.next() / 2)
  return [confidences, Uint8Array.from(confidences, (p) => (isRight(p, random.next()) ? 1 : 0))] as const
}
const calibrated = (p: number, chance: number) => chance < p

describe('the calibration error', () => {
  it('is the distance of confidence and accuracy, bin by bin of as many rows', () => {
    const confidences = Float64Array.of(0.5, 0.5, 0.5, 0.5, 0.9, 0.9, 0.9, 0.9)
    const correct = Uint8Array.of(1, 0, 0, 0, 1, 1, 1, 1)
    expect(expectedCalibrationError(confidences, correct, 2)).toBeCloseTo((0.25 + 0.1) / 2, 12)
    // Fifteen bins have one row each, but rows of equal confidence stay together.
    expect(expectedCalibrationError(confidences, correct)).toBeCloseTo((0.25 + 0.1) / 2, 12)
    expect(expectedCalibrationError(new Float64Array(), new Uint8Array())).toBe(0)
  })

  it('has bins of nearly equal mass, wherever confidences are', () => {
    // All but a few confidences lie between 0.99 and 1, where bins of equal width would see but one.
    const confidences = Float64Array.from({ length: 3000 }, (_, row) => 1 - (row / 3000) ** 8 / 2)
    const correct = Uint8Array.from({ length: 3000 }, (_, row) => (row % 200 === 0 || row > 2800 ? 0 : 1))
    const parts = Array.from({ length: 15 }, (_, bin) => {
      let gap = 0
      for (let row = bin * 200; row < (bin + 1) * 200; row++) gap += confidences[row]! - correct[row]!
      return Math.abs(gap)
    })
    const expected = parts.reduce((sum, gap) => sum + gap, 0) / 3000
    expect(expectedCalibrationError(confidences, correct)).toBeCloseTo(expected, 9)
  })

  it('does not depend on the order of rows', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom(0.2, 0.5, 0.7, 0.9, 1), fc.nat(1)), { minLength: 1 })
    fc.assert(
      fc.property(rows, fc.nat(), (pairs, seed) => {
        const mixed = shuffle([...pairs], createRandom(seed))
        const told = [pairs, mixed].map((some) => [
          Float64Array.from(some, ([p]) => p),
          Uint8Array.from(some, ([, right]) => right),
        ]) as [Float64Array, Uint8Array][]
        for (const figure of [expectedCalibrationError, debiasedCalibrationError, areaUnderRiskCoverage])
          expect(figure(...told[0]!)).toBeCloseTo(figure(...told[1]!), 9)
      }),
    )
  })

  it('is nearly nothing without what chance adds, where confidence is what it says', () => {
    const rows = drawn(1000, calibrated)
    expect(debiasedCalibrationError(...rows)).toBeLessThan(expectedCalibrationError(...rows))
    const bold = drawn(20_000, (p, chance) => chance < p - 0.1)
    expect(debiasedCalibrationError(...bold)).toBeCloseTo(0.1, 1)
  })

  it('lies within the band of a calibrated model in 95 of 100 cases, and beyond it where confidence lies', () => {
    let within = 0
    for (let seed = 1; seed <= 60; seed++) {
      const rows = drawn(400, calibrated, seed)
      const { median, upper } = calibrationBand(rows[0], { draws: 200 })
      expect(median).toBeLessThan(upper)
      if (expectedCalibrationError(...rows) <= upper) within++
    }
    expect(within).toBeGreaterThanOrEqual(52)
    const bold = drawn(400, (p, chance) => chance < p - 0.1)
    expect(expectedCalibrationError(...bold)).toBeGreaterThan(calibrationBand(bold[0]).upper)
  })

  it('is refused without a verdict a confidence', () => {
    expect(() => expectedCalibrationError(new Float64Array(2), new Uint8Array(1))).toThrow(
      expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
    )
  })
})

describe('the area under risk and coverage', () => {
  it('is the mean risk over all numbers of rows assigned, the most confident first', () => {
    const confidences = Float64Array.of(0.9, 0.6, 0.8, 0.7)
    // Right, wrong, right, wrong by falling confidence: risks 0, 1/2, 1/3 and 2/4.
    expect(areaUnderRiskCoverage(confidences, Uint8Array.of(1, 0, 0, 1))).toBeCloseTo(
      (0 + 1 / 2 + 1 / 3 + 2 / 4) / 4,
      12,
    )
  })

  it('is the error rate where confidence tells nothing', () => {
    expect(
      areaUnderRiskCoverage(
        new Float64Array(10).fill(0.5),
        Uint8Array.from({ length: 10 }, (_, row) => row % 2),
      ),
    ).toBeCloseTo(0.5, 12)
    expect(areaUnderRiskCoverage(new Float64Array(), new Uint8Array())).toBe(0)
  })
})
