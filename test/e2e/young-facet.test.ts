import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Standing } from '../../src/models/registry/standing.ts'
import type { ProvisionalLabel } from '../../src/triage/routing/routing-rule.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

const POST = {
  title: 'Charged for roaming abroad',
  body: 'I used mobile data abroad in Spain while roaming, and the roaming charge is on my bill. Is roaming included?',
}
const community = { destination: { kind: 'community', name: 'community' }, priority: 'normal' }
const ruleSet = (label: object) => ({
  rules: [
    {
      name: 'probably-roaming',
      when: { label: { facet: 'category', is: 'roaming', ...label } },
      // biome-ignore lint/suspicious/noThenProperty: a property of rules, never a function
      then: { destination: { kind: 'queue', name: 'roaming' }, priority: 'normal' },
    },
  ],
  default: community,
})

describeEachDatabase.rarely('a young facet', (database) => {
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

  it('says over HTTP and on the command line where it stands, what other budgets give, and what to do next', async () => {
    const { body } = await service.call<{ standing: Standing }>('/api/models/category/versions/1', { key })
    const { inForce, others, labelsNeeded, summary, next } = body.standing
    expect(inForce).toEqual({ budget: 0.05, coverage: 0 })
    expect(others.map(({ budget }) => budget)).toEqual([0.01, 0.02, 0.1, 0.15, 0.2, 0.3])
    // Two thirds of its predictions are wrong: no budget of the table lets it assign anything.
    expect(others.every(({ coverage }) => coverage === 0)).toBe(true)
    expect(labelsNeeded).toEqual({ atLeast: 0 })
    expect(summary.en).toMatch(/^Under the risk budget of 5%, nothing is assigned yet: \d+ labelled threads/)
    expect(summary.fr).toMatch(
      /^Avec un budget de risque de 5\u00a0%, aucune étiquette n’est encore attribuée/,
    )
    expect(next.map(({ en }) => en)).toEqual([
      expect.stringMatching(
        /^Label more threads\. How many it takes cannot be estimated yet: even among its surest/,
      ),
      'No budget up to 30% would assign anything yet.',
      expect.stringContaining('"provisional": true'),
    ])
    const shown = await runCommand(address, ['models', 'show', 'category', '1'])
    expect(shown.stdout).toContain(summary.en)
    expect(shown.stdout).toMatch(/^5\.0% \(in force\) +0\.0% +–$/m)
    // What the service has done since the first training, its near-duplicates among it, may move the second.
    const trained = await runCommand(address, ['train', 'category'])
    expect(trained.stdout).toMatch(
      /^category version 2: active\. Activated: .*(?:no measurable difference from version 1|did not confirm)/,
    )
    expect(trained.stdout).toMatch(/nothing is assigned yet/)
    expect(trained.stdout).toMatch(/^- Or let a routing rule use provisional assignments/m)
  })

  it('routes by provisional assignments only where a rule asks for them, and marks them everywhere', async () => {
    const before = await service.call<Classified>('/api/classify', { key, body: POST })
    const [prediction] = before.body.predictions.filter(({ facet }) => facet === 'category')
    expect(prediction).toMatchObject({ label: 'roaming', decision: 'abstained' })
    expect(prediction?.provisional?.estimatedError).toBeGreaterThan(0)
    expect(before.body.routing.provisional).toBeUndefined()

    const unbounded = await save(ruleSet({ provisional: true }), '"0"')
    expect(unbounded).toMatchObject({ status: 422, body: { code: 'ROUTING_PROVISIONAL_UNBOUNDED' } })
    expect((await save(ruleSet({ minConfidence: 0.3 }), '"0"')).status).toBe(200)
    const strict = await service.call<Classified>('/api/classify', { key, body: POST })
    expect(strict.body.routing).toMatchObject({ rule: 'default' })
    expect((await save(ruleSet({ minConfidence: 0.3, provisional: true }), '"1"')).status).toBe(200)
    const { body } = await service.call<Classified>('/api/classify', { key, body: POST })
    expect(body.predictions.find(({ facet }) => facet === 'category')?.decision).toBe('abstained')
    expect(body.routing).toMatchObject({
      rule: 'probably-roaming',
      provisional: [
        { facet: 'category', label: 'roaming', estimatedError: prediction?.provisional?.estimatedError },
      ],
    })
    const explained = await service.call<{ provisional?: { sentence: { en: string; fr: string } } }>(
      '/api/classify/explain',
      { key, body: { ...POST, facet: 'category' } },
    )
    expect(explained.body.provisional?.sentence.en).toMatch(/^Provisional: “roaming” is not assigned/)
    expect(explained.body.provisional?.sentence.fr).toMatch(/^Provisoire\u00a0: «\u00a0roaming\u00a0»/)
  })

  it('takes the mark away once the budget can be shown to be kept', async () => {
    await runJson(address, ['budgets', 'set', 'category', '0.9'])
    const ask = () => service.call<Classified>('/api/classify', { key, body: POST })
    const { body } = await eventually(ask, ({ body }) => body.routing.provisional === undefined)
    expect(body.routing).toMatchObject({ rule: 'probably-roaming' })
    const assigned = body.predictions.find(({ facet }) => facet === 'category')
    expect(assigned).toMatchObject({ label: 'roaming', decision: 'assigned' })
    expect(assigned).not.toHaveProperty('provisional')
    const { body: version } = await service.call<{ standing: Standing }>('/api/models/category/versions/2', {
      key,
    })
    expect(version.standing).not.toHaveProperty('labelsNeeded')
    expect(version.standing.inForce.coverage).toBeGreaterThan(0.5)
  })

  const save = (body: object, ifMatch: string) =>
    service.call<{ code?: string }>('/api/routing/rules', {
      key,
      method: 'PUT',
      body,
      headers: { 'if-match': ifMatch },
    })
})

interface Classified {
  readonly predictions: readonly {
    readonly facet: string
    readonly label: string
    readonly decision: string
    readonly provisional?: { readonly estimatedError: number }
  }[]
  readonly routing: { readonly rule: string; readonly provisional?: readonly ProvisionalLabel[] }
}
