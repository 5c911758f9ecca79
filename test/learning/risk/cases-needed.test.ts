import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/learning/random.ts'
import { casesUntilAssigned } from '../../../src/learning/risk/cases-needed.ts'
import { chooseThresholds } from '../../../src/learning/risk/risk-budget.ts'

const risk = { budget: 0.05, failureProbability: 0.005 }

/** So many calibrated predictions of one label: each is right with the probability that it states. */
function calibrated(cases: number, seed: number, [low, high]: readonly [number, number]) {
  const random = createRandom(seed)
  const confidences = Array.from({ length: cases }, () => high - (high - low) * random.next() ** 2)
  return {
    confidences,
    likeliest: confidences.map(() => 0),
    truths: confidences.map((confidence) => (random.next() < confidence ? 0 : 1)),
  }
}

const assigns = (predictions: ReturnType<typeof calibrated>) =>
  chooseThresholds(['a', 'b'], predictions, { facet: risk }).facet.assigned > 0

describe('how many predictions it takes until a budget lets anything be assigned', () => {
  it('is at least as many as pass without an error: 104 at 5 %', () => {
    const few = { confidences: [0.9, 0.8], likeliest: [0, 0], truths: [0, 0] }
    expect(casesUntilAssigned(few, risk)?.least).toBe(104)
    expect(casesUntilAssigned(few, { ...risk, budget: 0.01 })?.least).toBe(528)
  })

  it('cannot be estimated where even the surest are wrong more often than the budget allows', () => {
    const unsure = casesUntilAssigned(calibrated(80, 1, [0.3, 0.8]), risk)
    expect(unsure).toMatchObject({ least: 104 })
    expect(unsure).not.toHaveProperty('estimate')
    expect(unsure?.surestError).toBeGreaterThan(0.15)
  })

  it('is nothing to ask without predictions, and for a budget of 0', () => {
    expect(casesUntilAssigned({ confidences: [], likeliest: [], truths: [] }, risk)).toBeUndefined()
    expect(casesUntilAssigned(calibrated(80, 1, [0.3, 1]), { ...risk, budget: 0 })).toBeUndefined()
  })

  it('is about the number at which something is assigned in more than half of the draws, by the median estimate', () => {
    const range = [0.4, 1] as const
    const estimates = Array.from(
      { length: 41 },
      (_, seed) =>
        casesUntilAssigned(calibrated(100, seed, range), risk)?.estimate ?? Number.POSITIVE_INFINITY,
    ).sort((a, b) => a - b)
    const median = estimates[20]!
    const share = (cases: number) =>
      Array.from({ length: 100 }, (_, seed) => assigns(calibrated(cases, 1000 + seed, range))).filter(Boolean)
        .length / 100
    expect(share(100)).toBe(0)
    expect(share(Math.round(median / 2))).toBeLessThan(0.5)
    expect(share(median)).toBeGreaterThan(0.5)
  })
})
