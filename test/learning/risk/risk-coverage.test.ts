import { expect, it } from 'vitest'
import { riskCoverageCurve } from '../../../src/learning/risk/risk-coverage.ts'

it('a risk–coverage curve counts rows of equal confidence together, and none of confidence 0', () => {
  const predictions = {
    truths: [0, 0, 1, 1, 0, 1],
    likeliest: [0, 0, 1, 0, 0, 0],
    confidences: [0.9, 0.8, 0.8, 0.8, 0.6, 0],
  }
  const points = riskCoverageCurve(predictions, 6)
  expect(points.map(({ threshold, assigned, wrong }) => [threshold, assigned, wrong])).toEqual([
    [0.9, 1, 0],
    [0.8, 4, 1],
    [0.6, 5, 1],
  ])
  expect(points[1]).toMatchObject({ coverage: 4 / 6, error: 1 / 4 })
  expect(riskCoverageCurve(predictions, 1).map(({ assigned }) => assigned)).toEqual([5])
  expect(riskCoverageCurve({ truths: [], likeliest: [], confidences: [] }, 5)).toEqual([])
})
