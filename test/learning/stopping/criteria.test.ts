import { describe, expect, it } from 'vitest'
import {
  gainBelow,
  type LearningCurve,
  overallUncertainty,
  rankBeliefs,
  stablePredictions,
  stoppingCriteria,
} from '../../../src/learning/index.ts'
import { cohensKappa } from '../../../src/learning/stopping/kappa.ts'

function curveOf(accuracies: readonly number[]): LearningCurve {
  const points = accuracies.map((accuracy, at) => ({ labels: 200 * (at + 1), accuracy }))
  return { points, judged: 400, heldOut: true, resampled: Array(20).fill(accuracies) }
}

describe.each(Object.entries(stoppingCriteria))('the stopping criterion %s', (_, criterion) => {
  it('does not stop while it knows nothing to judge by', () => {
    expect(criterion.shouldStop({ labels: 5000 })).toBe(false)
  })

  it('says the same of the same labelling', () => {
    const soFar = {
      labels: 1000,
      curve: curveOf([0.5, 0.6, 0.7]),
      stopSet: [
        [0, 1],
        [0, 1],
        [1, 1],
        [0, 1],
      ],
      beliefs: rankBeliefs([0.5, 0.5], 2),
    }
    expect(criterion.shouldStop(soFar)).toBe(criterion.shouldStop(structuredClone(soFar)))
  })
})

describe('a predicted gain below a bound', () => {
  it('stops on a plateau and not on a slope', () => {
    expect(gainBelow().shouldStop({ labels: 1000, curve: curveOf([0.7, 0.899, 0.9, 0.9, 0.9]) })).toBe(true)
    expect(gainBelow().shouldStop({ labels: 1000, curve: curveOf([0.5, 0.6, 0.66, 0.7, 0.74]) })).toBe(false)
  })
})

describe('stable predictions', () => {
  const same = [0, 1, 2, 0, 1, 2]
  const other = [0, 1, 2, 0, 1, 1]

  it('stop once four models in a row agree, not once three do', () => {
    const criterion = stablePredictions()
    expect(criterion.shouldStop({ labels: 1, stopSet: [same, same, same] })).toBe(false)
    expect(criterion.shouldStop({ labels: 1, stopSet: [other, same, same, same, same] })).toBe(true)
    expect(criterion.shouldStop({ labels: 1, stopSet: [same, other, same, same] })).toBe(false)
  })
})

describe("Cohen's kappa", () => {
  it('is 0.4 in the worked example of 50 proposals read by two readers', () => {
    // https://en.wikipedia.org/wiki/Cohen%27s_kappa: 20 both yes, 15 both no, 5 and 10 apart.
    const pairs = [
      ...Array(20).fill([1, 1]),
      ...Array(5).fill([1, 0]),
      ...Array(10).fill([0, 1]),
      ...Array(15).fill([0, 0]),
    ]
    expect(
      cohensKappa(
        pairs.map(([one]) => one),
        pairs.map(([, two]) => two),
      ),
    ).toBeCloseTo(0.4, 12)
  })
})

describe('overall uncertainty', () => {
  it('stops where the model is sure of what is left, or nothing is left', () => {
    expect(overallUncertainty().shouldStop({ labels: 1, beliefs: rankBeliefs([0.99, 0.01], 2) })).toBe(true)
    expect(overallUncertainty().shouldStop({ labels: 1, beliefs: rankBeliefs([0.6, 0.4], 2) })).toBe(false)
    expect(overallUncertainty().shouldStop({ labels: 1, beliefs: rankBeliefs([], 2) })).toBe(true)
  })
})
