import { expect, it } from 'vitest'
import { reliabilityBins } from '../../../src/learning/calibration/reliability.ts'

it('rows fall into bins of equal width, 1 into the last', () => {
  const cases = { confidences: Float64Array.of(0, 0.49, 0.5, 0.75, 1), correct: Uint8Array.of(0, 1, 0, 1, 1) }
  expect(reliabilityBins(cases, 2)).toEqual([
    { from: 0, to: 0.5, rows: 2, right: 1, meanConfidence: 0.245 },
    { from: 0.5, to: 1, rows: 3, right: 2, meanConfidence: 0.75 },
  ])
  expect(reliabilityBins({ confidences: new Float64Array(), correct: new Uint8Array() }, 2)[0]).toEqual({
    from: 0,
    to: 0.5,
    rows: 0,
    right: 0,
    meanConfidence: undefined,
  })
  expect(() => reliabilityBins(cases, 0)).toThrow('at least one bin')
})
