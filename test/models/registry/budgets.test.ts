import { expect, it } from 'vitest'
import { changeFacet, changeLabel } from '../../../src/labels/define-facet.ts'
import { type BudgetCost, budgetCost } from '../../../src/models/registry/budget-cost.ts'
import { budgetRoutes } from '../../../src/models/registry/budget-routes.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { createChangeStore } from '../../../src/triage/activations/change-store.ts'
import { triageJobs } from '../../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import { createPredictionStore } from '../../../src/triage/predictions/prediction-store.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../../src/triage/routing/decision-store.ts'
import { createRuleSetStore } from '../../../src/triage/routing/rule-set-store.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { addThreads, agent, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { addLabelled, setUpModels } from '../support.ts'

const actor = supervisor
/** As certain as the posts that it learned from, and never certain enough for a budget of nothing. */
const DOUBTFUL = { id: 'doubtful', title: 'Problem with my password', question: 'my password 3?' }

describeEachDatabase('risk budgets', (database) => {
  const setUp = async () => {
    const house = await setUpModels(await database())
    await addLabelled(house)
    await addThreads(house, [DOUBTFUL], { name: 'shop' })
    await trainFacet(house, { facet: 'category', actor })
    const triage = {
      ...house,
      models: house.registry,
      ruleSets: createRuleSetStore(house.db, house.clock),
      predictions: createPredictionStore(house.db, house.clock),
      changes: createChangeStore(house.db),
      measurements: createMeasurementStore(house.db, house.clock),
      decisions: createDecisionStore(house.db, house.clock),
      reading: createConditionReading(),
    }
    const drain = () => drainJobs(house, triageJobs(triage))
    await drain()
    const standing = async () => (await triage.predictions.of(['doubtful'])).get('doubtful')![0]!
    const threshold = async () => (await house.registry.active())[0]!.classifier.threshold
    return { ...house, drain, standing, threshold }
  }

  it('count at once: what is assigned is decided anew, without training', async () => {
    const house = await setUp()
    const { confidence } = await house.standing()
    await changeFacet(house, { facet: 'category', riskBudget: 1, actor })
    await house.drain()
    expect(await house.standing()).toMatchObject({ decision: 'assigned', modelVersion: 1, confidence })
    await changeFacet(house, { facet: 'category', riskBudget: 0, actor })
    await house.drain()
    const abstained = await house.standing()
    expect(abstained).toMatchObject({ decision: 'abstained', modelVersion: 1, confidence })
    expect(['unsure', 'two-labels-close']).toContain(abstained.reason)
    expect((await house.versions.list((await house.facets.require('category')).id, {})).items).toHaveLength(1)
  })

  it('of a label hold for that label, and go back to the facet’s when they are taken away', async () => {
    const house = await setUp()
    const labels = async () => (await house.registry.active())[0]!.classifier.labelThresholds
    expect(await labels()).toEqual({})
    await changeLabel(house, { facet: 'category', label: 'billing', riskBudget: 1, actor })
    expect(await labels()).toEqual({ billing: expect.any(Number) })
    expect((await house.facets.labels((await house.facets.require('category')).id, {})).items).toContainEqual(
      expect.objectContaining({ name: 'billing', riskBudget: 1 }),
    )
    await changeLabel(house, { facet: 'category', label: 'billing', riskBudget: null, actor })
    expect(await labels()).toEqual({})
  })

  it('say what they cost, and a label with too few cases says that the facet’s bound counts', async () => {
    const house = await setUp()
    const cost = await budgetCost(house, { facet: 'category' })
    expect(cost).toMatchObject({
      facet: 'category',
      modelVersion: 1,
      failureProbability: 0.005,
      budget: { budget: 0.05 },
    })
    expect(cost.budget.cases).toBeGreaterThan(50)
    expect(cost.budget.upperBound).toBeLessThanOrEqual(0.05)
    const all = await budgetCost(house, { facet: 'category', riskBudget: 1 })
    expect(all.coverage).toBe(1)
    expect(all.sentence.fr).toContain('100\u00a0%')
    const strict = await budgetCost(house, { facet: 'category', label: 'billing', labelBudget: 0.01 })
    expect(strict.labels).toMatchObject([
      { label: 'billing', budget: 0.01, bound: 'facet', reason: 'too-few-cases', needed: 528 },
    ])
    expect((await budgetCost(house, { facet: 'category' })).labels).toEqual([])
  })

  it('are told over HTTP, and refused with a code where there is nothing to tell', async () => {
    const house = await setUp()
    const { call } = await serveRoutes(budgetRoutes(house))
    const ask = (path: string) => call(agent, 'GET', `/models/${path}`)
    const told = await ask('category/budgets?riskBudget=0.2')
    expect(told.status).toBe(200)
    expect((told.body as BudgetCost).budget.budget).toBe(0.2)
    expect((await ask('mood/budgets')).body.code).toBe('FACET_NOT_FOUND')
    expect((await ask('category/budgets?label=mood&labelBudget=0.1')).body.code).toBe('LABEL_NOT_FOUND')
    for (const query of ['riskBudget=2', 'riskBudget=x', 'label=billing', 'labelBudget=0.1'])
      expect((await ask(`category/budgets?${query}`)).status).toBe(400)
    await house.facets.ensure('urgency')
    expect((await ask('urgency/budgets')).body.code).toBe('NO_ACTIVE_MODEL')
  })
})
