import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY, TRAIN } from '../support/demo.ts'
import { keyOf } from '../support/keys.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

interface Queue {
  readonly labels: readonly { readonly name: string; readonly description: string }[]
  readonly items: readonly {
    readonly threadId: string
    readonly language: string
    readonly source: string
    readonly why: string
    readonly reason: string
    readonly blind: boolean
    readonly prediction?: { readonly label: string; readonly alternatives: readonly object[] }
  }[]
}

const idsOf = ({ items }: Queue) => items.map(({ threadId }) => threadId)

describeEachDatabase.rarely('the demo community is labelled from its first minute', (database) => {
  let address: TestDatabase
  let service: Service
  const keys = new Map<string, string>()

  beforeAll(async () => {
    address = await database(COMMUNITY)
    await runJson(address, ['facets', 'add', 'product', '--description', 'What it is about'])
    const labels = {
      repair: 'Something is broken, réparation, panne',
      bill: 'Invoices and payments, facture',
    }
    for (const [label, description] of Object.entries(labels))
      await runJson(address, ['facets', 'add-label', 'product', label, '--description', description])
    for (const name of ['ada', 'bo']) {
      keys.set(name, (await keyOf(address, 'agent', name)).token)
    }
    service = await startService(address, { ENTRAIDE_AUDIT_SHARE: '0' })
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const ask = (name: string, query: string) =>
    service.call<Queue>(`/api/review/queue?${query}`, { key: keys.get(name)! })

  it('over HTTP, in both languages, each agent with threads of their own', async () => {
    const ada = await ask('ada', 'facet=product&limit=12')
    expect(ada.status).toBe(200)
    expect(ada.body.labels).toContainEqual(
      expect.objectContaining({ name: 'repair', description: 'Something is broken, réparation, panne' }),
    )
    expect(ada.body.items).toHaveLength(12)
    expect(new Set(ada.body.items.map(({ source }) => source))).toEqual(new Set(['fr', 'en']))
    expect(new Set(ada.body.items.map(({ language }) => language))).toEqual(new Set(['fr', 'en']))
    for (const { why, reason } of ada.body.items) {
      expect(why).toBe('spread')
      expect(reason).not.toBe('')
    }
    const bo = await ask('bo', 'facet=product&limit=12')
    expect(idsOf(bo.body).filter((id) => idsOf(ada.body).includes(id))).toEqual([])

    const [first] = ada.body.items
    const verdict = await service.call(`/api/threads/${first!.threadId}/annotations`, {
      key: keys.get('ada')!,
      body: { facet: 'product', label: 'bill' },
    })
    expect(verdict.status).toBe(201)
    const next = await ask('ada', 'facet=product&limit=12')
    expect(idsOf(next.body).slice(0, 11)).toEqual(idsOf(ada.body).slice(1))
    expect(next.body.items).toHaveLength(12)
    expect((await ask('ada', 'facet=product&strategy=best')).status).toBe(400)
  })

  it('on the command line, and by what the model hesitates over once there is one', async () => {
    const { code, stdout } = await runCommand(address, ['review', 'queue', 'product', '--limit', '3'])
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(4)
    expect(stdout).toContain('Typical of threads that nobody has labelled yet.')
    expect(await runCommand(address, ['review', 'queue', '--strategy', 'best'])).toMatchObject({ code: 2 })
    expect(await runCommand(address, ['review', 'queue', 'mood'])).toMatchObject({ code: 1 })

    // The communities state what most of their threads are about, so the facet that always is can be learned at once;
    // asked about are the 24 others, and stated labels in doubt.
    await runJson(address, TRAIN)
    const predicted = async () => {
      const { body } = await ask('ada', 'facet=category&limit=20')
      return body.items.filter(({ prediction }) => prediction !== undefined)
    }
    await expect.poll(predicted, { timeout: 60_000, interval: 500 }).not.toEqual([])
    for (const strategy of ['margin', 'entropy', 'least-confidence', 'diversity', 'random', 'default']) {
      const { body } = await ask('ada', `facet=category&limit=20&strategy=${strategy}`)
      const { items } = body
      expect(items.length, strategy).toBeGreaterThan(10)
      expect(new Set(items.map(({ threadId }) => threadId)).size).toBe(items.length)
    }
    const args = ['review', 'queue', 'category', '--limit', '3', '--strategy', 'margin']
    const { items } = await runJson<Queue>(address, args)
    expect(items).toHaveLength(3)
    const unlabelled = items.filter(({ why }) => why !== 'doubtful-import')
    expect(unlabelled.length).toBeGreaterThanOrEqual(2)
    for (const { prediction } of unlabelled) expect(prediction?.alternatives.length).toBeGreaterThan(1)
  })
})
