import { expect, it } from 'vitest'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { threadText } from '../../../src/text/thread-text.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import { classifyPost } from '../../../src/triage/predictions/classify-post.ts'
import type { FacetModel } from '../../../src/triage/predictions/prediction.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import { createRuleSetStore } from '../../../src/triage/routing/rule-set-store.ts'
import { describeEachDatabase } from '../../support/databases.ts'

const texts = Array.from(
  { length: 90 },
  (_, at) => `${['invoice', 'network', 'contract'][at % 3]} trouble ${at}`,
)

describeEachDatabase('a classified post', (database) => {
  it('shows its probabilities with four digits, and is decided by the numbers themselves', async () => {
    const { db } = await database()
    const labels = texts.map((text) => text.split(' ')[0]!)
    const classifier = await trainClassifier({ texts, labels, seed: 1 })
    const names = { facet: 'category', facetId: 'fct_1', versionId: 'mdl_1', version: 1, budgets: '' }
    const model: FacetModel = { ...names, classifier }
    const deps = {
      db,
      reading: createConditionReading(),
      models: { active: async () => [model], unreadable: () => [] },
      ruleSets: createRuleSetStore(db, systemClock),
      measurements: createMeasurementStore(db, systemClock),
      clock: systemClock,
    }
    const post = { title: 'A network contract', body: 'Trouble with an invoice?' }
    const { predictions } = await classifyPost(deps, post, 'internal')
    const exact = classifier.classify(threadText({ title: post.title, question: post.body }))
    const [shown] = predictions
    expect(shown).toMatchObject({ label: exact.label, decision: exact.decision })
    const all = [shown!, ...shown!.alternatives]
    expect(all).toHaveLength(4)
    for (const { label, confidence } of all) {
      const own = exact.alternatives.find((each) => each.label === label)!.confidence
      expect(String(confidence)).toMatch(/^(0(\.\d{1,4})?|1)$/)
      expect(Math.abs(confidence - own)).toBeLessThanOrEqual(0.00005)
    }
    expect(exact.alternatives.some(({ confidence }) => !/^\d(\.\d{1,4})?$/.test(String(confidence)))).toBe(
      true,
    )
  })
})
