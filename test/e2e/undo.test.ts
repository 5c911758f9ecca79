import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Revocation } from '../../src/labels/revocations/revocation-store.ts'
import type { PredictionInfluences } from '../../src/triage/predictions/explain-prediction.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { QUESTIONS, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runJson, type Service, startService } from '../support/service.ts'

interface Versions {
  readonly items: readonly { readonly version: number }[]
}

describeEachDatabase.rarely('undoing verdicts on the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let supervisor: string
  let agent: { token: string; id: string }

  beforeAll(async () => {
    address = await database([...QUESTIONS, SERVED, TRAIN])
    supervisor = (await keyOf(address, 'supervisor')).token
    agent = await keyOf(address, 'agent')
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const versions = async () =>
    (await service.call<Versions>('/api/models/category/versions', { key: supervisor })).body.items.length
  const labelOf = async (threadId: string) => {
    const path = `/api/threads/${threadId}/annotations`
    const { body } = await service.call<{ items: { label: string; revoked?: object }[] }>(path, {
      key: supervisor,
    })
    return body.items.find(({ revoked }) => revoked === undefined)?.label
  }

  it('finds the verdict behind a prediction, takes back all of its agent, and gives them back', async () => {
    const { body: threads } = await service.call<{ items: { id: string }[] }>('/api/threads?limit=5', {
      key: supervisor,
    })
    const ids = threads.items.map(({ id }) => id)
    const before = await Promise.all(ids.map(labelOf))
    const { body: labels } = await service.call<{ items: { name: string }[] }>(
      '/api/facets/category/labels?limit=100',
      { key: supervisor },
    )
    const wrong = ids.map((_, i) => labels.items.find(({ name }) => name !== before[i])!.name)
    for (const [i, id] of ids.entries())
      await service.call(`/api/threads/${id}/annotations`, {
        key: agent.token,
        body: { facet: 'category', label: wrong[i] },
      })
    expect(await Promise.all(ids.map(labelOf))).toEqual(wrong)

    const why = () =>
      service.call<PredictionInfluences>(`/api/threads/${ids[0]}/influences`, { key: supervisor })
    const told = await eventually(why, ({ body }) => body.pending === false)
    expect(told).toMatchObject({ status: 200, body: { facet: 'category', modelVersion: 1 } })
    expect(told.body.influences.length).toBeGreaterThan(0)

    const trained = await versions()
    const asked = await service.call<Revocation>('/api/revocations', {
      key: supervisor,
      body: { scope: { agent: agent.id, since: '2020-01-01T00:00:00Z' }, reason: 'labelled by guess' },
    })
    expect(asked.status).toBe(202)
    const path = `/api/revocations/${asked.body.id}`
    const revoked = await eventually(
      async () => (await service.call<Revocation>(path, { key: supervisor })).body,
      ({ status }) => status === 'revoked',
    )
    expect(revoked).toMatchObject({ status: 'revoked', annotations: 5 })
    expect(await Promise.all(ids.map(labelOf))).toEqual(before)
    expect(await eventually(versions, (count) => count > trained)).toBe(trained + 1)

    const { revocations } = await runJson<{ revocations: Revocation[] }>(address, ['revocations', 'list'])
    expect(revocations).toMatchObject([{ id: asked.body.id, reason: 'labelled by guess' }])
    await runJson(address, ['revocations', 'restore', asked.body.id])
    const given = () => Promise.all(ids.map(labelOf))
    expect(await eventually(given, (now) => now.join() === wrong.join())).toEqual(wrong)
    expect(await eventually(versions, (count) => count > trained + 1)).toBe(trained + 2)
  })

  it('tells at the command line which verdicts made a prediction', async () => {
    const { body } = await service.call<{ items: { id: string }[] }>('/api/threads?limit=1', {
      key: supervisor,
    })
    const told = await runJson<PredictionInfluences>(address, ['influences', body.items[0]!.id])
    expect(told).toMatchObject({ facet: 'category', pending: false })
    expect(told.influences.length).toBeGreaterThan(0)
  })
})
