import { describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../../src/learning/artefact/artefact.ts'
import { ABSTAIN_ALWAYS } from '../../../src/learning/calibration/calibration.ts'
import { thresholdsOf, withBudgets } from '../../../src/learning/risk/budgets.ts'
import { DEFAULT_FAILURE_PROBABILITY } from '../../../src/learning/risk/risk-budget.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

const posts = toyPosts(400)
posts.labels.forEach((_, i) => {
  if (i % 7 === 0) posts.labels[i] = 'sim'
})
const strict = { facet: { budget: 0.02, failureProbability: DEFAULT_FAILURE_PROBABILITY } }
const mixed = {
  facet: { budget: 0.3, failureProbability: DEFAULT_FAILURE_PROBABILITY },
  labels: { facture: 0, réseau: 0.9 },
}
const trained = trainClassifier({ ...posts, seed: 1, riskBudget: 0.02 })

describe('a classifier under other budgets', () => {
  it('has the thresholds that training under them would have given it', () => {
    const changed = withBudgets(trained, mixed)
    const again = trainClassifier({ ...posts, seed: 1, riskBudget: 0.3, labelBudgets: mixed.labels })
    expect(changed.model).toEqual(again.model)
    expect(withBudgets(changed, strict).model).toEqual(trained.model)
    expect(changed.heldOutSummary.coverage).toBeGreaterThan(trained.heldOutSummary.coverage)
  })

  it('assigns each label at the threshold of its own, and abstains below', () => {
    const { labelThresholds, classify } = withBudgets(trained, mixed)
    expect(labelThresholds).toMatchObject({ facture: ABSTAIN_ALWAYS })
    const refused = classify('bonjour facture please help montant ?')
    expect(refused).toMatchObject({ label: 'facture', decision: 'abstained', reason: 'unsure' })
    const assigned = classify('bonjour coupure please help réseau ?')
    expect(assigned).toMatchObject({ label: 'réseau', decision: 'assigned' })
    expect(assigned).not.toHaveProperty('reason')
  })

  it('says what they would cost before they are taken', () => {
    const { facet, labels } = thresholdsOf(trained, mixed)
    const { threshold, labelThresholds } = withBudgets(trained, mixed)
    expect(facet.threshold).toBe(threshold)
    expect(labels.réseau).toMatchObject({ bound: 'own', threshold: labelThresholds.réseau })
    expect(labels.facture).toMatchObject({ bound: 'own', coverage: 0 })
  })

  it('is saved and loaded with them', async () => {
    const changed = withBudgets(trained, mixed)
    const loaded = loadClassifier(await saveClassifier(changed))
    expect(loaded.model).toEqual(changed.model)
  })

  it('takes them when it is fitted further, too', () => {
    const more = toyPosts(410)
    const child = trainClassifier({ ...more, seed: 1, parent: trained, riskBudget: 0.3 })
    expect(child.model.fullFit.refits).toBe(1)
    expect(child.threshold).toBe(withBudgets(trained, { facet: mixed.facet }).threshold)
  })
})
