import { beforeAll, describe, expect, it } from 'vitest'
import type { Classifier } from '../../../src/learning/classifier.ts'
import { withBudgets } from '../../../src/learning/risk/budgets.ts'
import { provisionalErrors } from '../../../src/learning/risk/provisional.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

/** A classifier of sixty posts, every sixth with a wrong label: too few for a budget of 5 %. */
describe('the estimated error of a provisional assignment', () => {
  let young: Classifier
  const under = (budget: number, labels: Readonly<Record<string, number>> = {}) =>
    withBudgets(young, { facet: { budget, failureProbability: 0.005 }, labels })

  beforeAll(() => {
    const { texts, labels } = toyPosts(60)
    const noisy = labels.map((label, at) => (at % 6 === 0 ? labels[(at + 1) % labels.length]! : label))
    young = trainClassifier({ texts, labels: noisy, seed: 1 })
  })

  it('exists only while nothing is assigned under a budget that is not 0', () => {
    expect(provisionalErrors(under(0.05))).toBeDefined()
    expect(provisionalErrors(under(1))).toBeUndefined()
    expect(provisionalErrors(under(0))).toBeUndefined()
  })

  it('is of a label whose own budget does not let it be assigned, and of no other', () => {
    const errors = provisionalErrors(under(1, { sim: 0 }))
    expect(errors).toBeUndefined()
    const facetOnly = provisionalErrors(under(0.05, { sim: 0 }))
    expect(facetOnly?.('sim', 0.9)).toBeUndefined()
    expect(facetOnly?.('facture', 0.9)).toBeGreaterThan(0)
  })

  it('is never under what the calibrated probability or the held-out predictions say', () => {
    const errors = provisionalErrors(under(0.05))!
    const { confidences, truths, likeliest } = young.model.heldOut
    for (const confidence of [0.3, 0.5, 0.7, 0.9]) {
      const rows = [...confidences.keys()].filter((row) => confidences[row]! >= confidence)
      const wrong = rows.filter((row) => truths[row] !== likeliest[row]).length
      const error = errors('facture', confidence)!
      expect(error).toBeGreaterThanOrEqual(1 - confidence)
      if (rows.length >= 10) expect(error).toBeCloseTo(Math.max(1 - confidence, wrong / rows.length), 6)
    }
    // With nothing as sure, the ten surest are what it rests on.
    expect(errors('facture', 1)).toBeGreaterThanOrEqual(0)
  })
})
