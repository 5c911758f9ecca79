import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BudgetCost } from '../../src/models/registry/budget-cost.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

interface Triage {
  readonly predictions: readonly { facet: string; decision: string; reason?: string }[]
}

describeEachDatabase.rarely('risk budgets on the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let key: string

  beforeAll(async () => {
    address = await database([...QUESTIONS, SERVED, TRAIN])
    key = (await keyOf(address, 'supervisor')).token
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  /** How many of some threads are assigned a category; undefined while some have no prediction. */
  async function assigned(): Promise<number | undefined> {
    const { body } = await service.call<{ items: { id: string }[] }>('/api/threads?limit=20', { key })
    let count = 0
    for (const { id } of body.items) {
      const { body: triage } = await service.call<Triage>(`/api/threads/${id}/triage`, { key })
      const prediction = triage.predictions.find(({ facet }) => facet === 'category')
      if (prediction === undefined) return undefined
      if (prediction.decision === 'assigned') count++
      else expect(['unsure', 'two-labels-close', 'unlike-anything-seen']).toContain(prediction.reason)
    }
    return count
  }

  async function untilAssigned(good: (count: number) => boolean): Promise<number | undefined> {
    return eventually(assigned, (count) => count !== undefined && good(count))
  }

  it('are set at the command line and over HTTP, count at once, and say what they cost', async () => {
    const loose = await runJson<BudgetCost>(address, ['budgets', 'show', 'category', '--budget', '0.9'])
    const { body: stated } = await service.call<BudgetCost>('/api/models/category/budgets', { key })
    expect(stated.budget.budget).toBe(0.05)
    expect(loose.coverage).toBeGreaterThan(stated.coverage)

    await runJson(address, ['budgets', 'set', 'category', '0.9'])
    expect(await untilAssigned((count) => count > 10)).toBeGreaterThan(10)
    const strict = { key, method: 'PATCH', body: { riskBudget: 0 } } as const
    expect((await service.call('/api/facets/category', strict)).status).toBe(200)
    expect(await untilAssigned((count) => count === 0)).toBe(0)
    const wrong = await runCommand(address, ['budgets', 'set', 'category', 'none', '--json'])
    expect(wrong.code).toBe(2)
  })

  it('are in cost once the costs of mistakes are stated at the command line and a training has taken them up', async () => {
    const { body: labels } = await service.call<{ items: { name: string }[] }>(
      '/api/facets/category/labels?limit=2',
      { key },
    )
    const [truth, given] = labels.items.map(({ name }) => name) as [string, string]
    const costs = [{ truth, given, cost: 10 }]
    expect(await runJson(address, ['facets', 'set-cost', 'category', truth, given, '10'])).toEqual({ costs })
    expect(await runJson(address, ['facets', 'costs', 'category'])).toEqual({ costs })
    const inForce = async () =>
      (await service.call<BudgetCost>('/api/models/category/budgets', { key })).body.costs
    expect(await eventually(inForce, (found) => found !== undefined)).toEqual(costs)

    const refused = (...args: string[]) => runCommand(address, ['facets', 'set-cost', 'category', ...args])
    expect((await refused(truth, given, '0')).code).toBe(2)
    expect((await refused(truth, given, '2000')).code).toBe(2)
    const unknown = await refused(truth, 'no such label', '2')
    expect(unknown.code).not.toBe(0)
    expect(unknown.stderr).toContain('no such label')
    expect(await runJson(address, ['facets', 'set-cost', 'category', truth, given, '1'])).toEqual({
      costs: [],
    })
  })
})
