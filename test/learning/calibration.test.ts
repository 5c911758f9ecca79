import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTemperature, TEMPERATURE_BOUNDS } from '../../src/learning/calibration.ts'
import { softmaxInPlace } from '../../src/learning/predict.ts'
import { createRandom } from '../../src/learning/random.ts'

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
