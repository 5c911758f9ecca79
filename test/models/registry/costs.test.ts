import { expect, it } from 'vitest'
import { costRoutes } from '../../../src/labels/costs/routes.ts'
import { createSimilarExamples } from '../../../src/models/explanations/similar-examples.ts'
import { modelJobs } from '../../../src/models/jobs.ts'
import type { BudgetCost } from '../../../src/models/registry/budget-cost.ts'
import { budgetRoutes } from '../../../src/models/registry/budget-routes.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { createChangeStore } from '../../../src/triage/activations/change-store.ts'
import { triageJobs } from '../../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import type { ExplainedPost } from '../../../src/triage/predictions/explain-prediction.ts'
import { explainRoutes } from '../../../src/triage/predictions/explain-routes.ts'
import { createPredictionStore } from '../../../src/triage/predictions/prediction-store.ts'
import { createConditionReading } from '../../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../../src/triage/routing/decision-store.ts'
import { createRuleSetStore } from '../../../src/triage/routing/rule-set-store.ts'
import { addThreads, supervisor } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { addLabelled, setUpModels } from '../support.ts'

/** As much about one label as about another. */
const MIXED = { id: 'mixed', title: 'my password and my invoice', question: 'the payment, the login page?' }

describeEachDatabase('costs of mistakes', (database) => {
  const setUp = async ({ train = true } = {}) => {
    const at = await database()
    const house = await setUpModels(at)
    await addLabelled(house)
    await addThreads(house, [MIXED], { name: 'shop' })
    const triage = {
      ...house,
      models: house.registry,
      ruleSets: createRuleSetStore(house.db, house.clock),
      predictions: createPredictionStore(house.db, house.clock),
      changes: createChangeStore(house.db),
      measurements: createMeasurementStore(house.db, house.clock),
      decisions: createDecisionStore(house.db, house.clock),
      reading: createConditionReading(),
      similar: createSimilarExamples(house),
    }
    const { app, keyFor } = await buildTestApp(
      at,
      [costRoutes(house), budgetRoutes(house), explainRoutes(triage)],
      { clock: house.clock },
    )
    const { headers } = await keyFor('supervisor')
    const call = async (method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) => {
      const answer = await app.inject({ method, url: `/api${path}`, headers, ...(payload && { payload }) })
      return { status: answer.statusCode, body: answer.json() }
    }
    const drain = () => drainJobs(house, [...modelJobs(house), ...triageJobs(triage)])
    if (train) await trainFacet(house, { facet: 'category', actor: supervisor })
    await drain()
    return {
      ...house,
      call,
      keyFor,
      app,
      drain,
      state: (costs: object[]) => call('PUT', '/facets/category/costs', { costs }),
      standing: async () => (await triage.predictions.of(['mixed'])).get('mixed')![0]!,
    }
  }

  it('stated over HTTP train the model anew, which then gives the label of least expected cost and says why', async () => {
    const house = await setUp()
    const before = await house.standing()
    const [likeliest, other] = before.alternatives
    expect(before).toMatchObject({ label: likeliest!.label, modelVersion: 1 })
    const costs = [{ truth: other!.label, given: likeliest!.label, cost: 30 }]

    expect(await house.state(costs)).toEqual({ status: 200, body: { costs } })
    expect(await house.call('GET', '/facets/category/costs')).toEqual({ status: 200, body: { costs } })
    expect(await house.standing()).toEqual(before)
    expect(await house.drain()).toEqual(expect.arrayContaining(['models.demand-training', 'models.train']))
    const after = await house.standing()
    expect(after).toMatchObject({ label: other!.label, confidence: other!.confidence, modelVersion: 2 })
    expect(after.alternatives).toEqual(before.alternatives)

    const post = { facet: 'category', title: MIXED.title, body: MIXED.question }
    const explained = (await house.call('POST', '/classify/explain', post)).body as ExplainedPost
    expect(explained).toMatchObject({
      label: other!.label,
      costs: { likeliest: { label: likeliest!.label }, given: { label: other!.label } },
    })
    const { given, likeliest: dear, sentence } = explained.costs!
    expect(given.expectedCost).toBeLessThan(dear.expectedCost)
    // The others’ probability at the ordinary cost, and the dear one at 30.
    const rest = 1 - dear.probability - given.probability
    expect(dear.expectedCost).toBeCloseTo(30 * given.probability + rest, 2)
    expect(sentence.en).toContain(`“${dear.label}” is likeliest`)
    expect(sentence.fr).toContain(`«\u00a0${given.label}\u00a0»`)
    expect(sentence.fr).toContain(given.expectedCost.toFixed(2).replace('.', ','))

    const told = (await house.call('GET', '/models/category/budgets?riskBudget=1')).body as BudgetCost
    expect(told).toMatchObject({
      modelVersion: 2,
      costs,
      sentence: { en: expect.stringMatching(/mean cost/) },
    })
    // So few posts cannot rule out a mistake of cost 30, but the other labels do not wait for that.
    expect(told.budget).toMatchObject({ coverage: 1, cost: { mean: expect.any(Number) } })
    expect(told.budget.cost!.upperBound).toBeLessThan(1)
    expect(told.dear).toMatchObject({ labels: [likeliest!.label], assigned: 0, threshold: 1.01 })

    expect((await house.state([])).body).toEqual({ costs: [] })
    await house.drain()
    expect(await house.standing()).toMatchObject({
      label: before.label,
      decision: before.decision,
      modelVersion: 3,
    })
    const facet = await house.facets.require('category')
    const audit = await house.audit.list({ target: facet.id, limit: 10 })
    expect(audit.items.filter(({ action }) => action === 'facet.costs-stated')).toHaveLength(2)
  })

  it('are refused with a code, and unchanged ones train nothing', async () => {
    const house = await setUp({ train: false })
    const cost = { truth: 'billing', given: 'account', cost: 5 }
    const codeOf = async (costs: object[]) => {
      const { status, body } = await house.state(costs)
      return [status, body.code]
    }
    expect(await codeOf([{ ...cost, given: 'mood' }])).toEqual([404, 'LABEL_NOT_FOUND'])
    expect(await codeOf([{ ...cost, given: 'billing' }])).toEqual([400, 'COST_OF_RIGHT_LABEL'])
    expect(await codeOf([cost, { ...cost, cost: 6 }])).toEqual([400, 'COST_STATED_TWICE'])
    for (const wrong of [0, -1, 1001, '5'])
      expect(await codeOf([{ ...cost, cost: wrong }])).toEqual([400, 'VALIDATION_FAILED'])
    expect((await house.call('PUT', '/facets/mood/costs', { costs: [] })).body.code).toBe('FACET_NOT_FOUND')
    expect((await house.call('GET', '/facets/category/costs')).body).toEqual({ costs: [] })
    expect(await house.drain()).not.toContain('models.train')

    const agent = await house.keyFor('agent')
    const refused = await house.app.inject({
      method: 'PUT',
      url: '/api/facets/category/costs',
      headers: agent.headers,
      payload: { costs: [] },
    })
    expect(refused.statusCode).toBe(403)

    expect(await codeOf([cost])).toEqual([200, undefined])
    expect(await house.drain()).toContain('models.train')
    expect(
      await codeOf([
        { ...cost, given: ' account ' },
        { truth: 'network', given: 'account', cost: 1 },
      ]),
    ).toEqual([200, undefined])
    expect(await house.drain()).not.toContain('models.train')
  })
})
