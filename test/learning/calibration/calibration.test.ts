import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitTemperature,
  fitTemperatures,
  NO_WARMING,
  TEMPERATURE_BOUNDS,
  temperatureAt,
} from '../../../src/learning/calibration/calibration.ts'
import { energyOf } from '../../../src/learning/calibration/novelty.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { softmaxInPlace } from '../../../src/learning/training/predict.ts'

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

describe('a temperature that follows the energy', () => {
  const rows = 4000
  const random = createRandom(7)
  const logits = Float64Array.from({ length: rows * 4 }, () => random.next() * 8)
  const energies = Float64Array.from({ length: rows }, (_, row) => energyOf(logits, row * 4, row * 4 + 4))
  const drawnAt = (temperature: (energy: number) => number) =>
    Int32Array.from(energies, (energy, row) => {
      const p = logits.slice(row * 4, row * 4 + 4)
      softmaxInPlace(p, 0, 4, temperature(energy))
      let left = random.next()
      return p.findIndex((share, c) => {
        left -= share
        return left < 0 || c === 3
      })
    })

  it('is found again where labels were drawn at one', () => {
    const truth = (energy: number) => 1.5 * Math.exp(0.25 * (energy - 6))
    const { temperature, warming } = fitTemperatures(logits, drawnAt(truth), energies, 4)
    for (const energy of [5, 6, 7])
      expect(temperatureAt(temperature, warming, energy) / truth(energy)).toBeCloseTo(1, 0.5)
    expect(warming.perEnergy).toBeGreaterThan(0.12)
  })

  it('is left out where one temperature says as much, and where there is little to tell by', () => {
    const targets = drawnAt(() => 2)
    const alone = fitTemperature(logits, targets, 4)
    expect(fitTemperatures(logits, targets, energies, 4)).toEqual({ temperature: alone, warming: NO_WARMING })
    const few = fitTemperatures(logits.subarray(0, 40), targets.subarray(0, 10), energies.subarray(0, 10), 4)
    expect(few.warming).toEqual(NO_WARMING)
    expect(fitTemperatures(new Float64Array(), new Int32Array(), new Float64Array(), 4).temperature).toBe(1)
  })

  it('stays within bounds at any energy', () => {
    for (const energy of [-1e6, 0, 1e6]) {
      const warmed = temperatureAt(1, { perEnergy: 0.5, usualEnergy: 3 }, energy)
      expect(warmed).toBeGreaterThanOrEqual(TEMPERATURE_BOUNDS[0])
      expect(warmed).toBeLessThanOrEqual(TEMPERATURE_BOUNDS[1])
    }
  })
})
