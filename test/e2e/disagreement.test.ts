import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { COMMUNITY } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'

interface Conflict {
  readonly id: string
  readonly threadId: string
  readonly label?: string
  readonly grounds: readonly {
    readonly kind: string
    readonly ratings?: readonly { readonly label: string }[]
  }[]
}

describeEachDatabase.rarely('disagreement in the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  const keys: Record<string, string> = {}

  beforeAll(async () => {
    address = await database([...COMMUNITY, SERVED])
    for (const [name, role] of [
      ['aude', 'agent'],
      ['ben', 'agent'],
      ['karim', 'knowledge-manager'],
    ] as const)
      keys[name] = (await keyOf(address, role, name)).token
    service = await startService(address)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
  })

  const say = (who: string, threadId: string, label: string) =>
    service.call(`/api/threads/${threadId}/annotations`, {
      key: keys[who]!,
      body: { facet: 'category', label, blind: true },
    })
  /** The open conflicts with ratings, once there are as many. */
  async function disputes(count: number): Promise<Conflict[]> {
    const path = '/api/conflicts?facet=category&kind=ratings'
    const ask = async () => (await service.call<{ items: Conflict[] }>(path, { key: keys.karim! })).body.items
    return eventually(ask, ({ length }) => length === count)
  }

  it('is measured, decided once and for all, and taught to whoever labels next', async () => {
    const threads = await service.call<{ items: { id: string }[] }>('/api/threads?limit=6', {
      key: keys.aude!,
    })
    const ids = threads.body.items.map(({ id }) => id)
    for (const id of ids) expect((await say('aude', id, 'billing')).status).toBe(201)
    for (const [i, id] of ids.entries())
      expect((await say('ben', id, i < 2 ? 'contract' : 'billing')).status).toBe(201)

    const agreement = await service.call<Record<string, unknown>>('/api/facets/category/agreement', {
      key: keys.karim!,
    })
    expect(agreement.body).toMatchObject({ threads: 6, agents: 2, ratings: 12, alpha: expect.any(Number) })
    expect(await runJson(address, ['agreement', 'category'])).toEqual(agreement.body)

    const open = await disputes(2)
    expect(open.map(({ threadId }) => threadId).sort()).toEqual(ids.slice(0, 2).sort())
    const [first, second] = open as [Conflict, Conflict]
    expect(first.grounds[0]?.ratings?.map(({ label }) => label)).toEqual(['billing', 'contract'])

    const guideline = 'Who asks what a contract costs asks about billing'
    const path = `/api/conflicts/${first.id}/ruling`
    const body = { label: 'billing', guideline }
    expect((await service.call(path, { key: keys.aude!, body })).status).toBe(403)
    const ruled = await service.call<{ ruling: { id: string; provenance: string } }>(path, {
      key: keys.karim!,
      body,
    })
    expect(ruled.status).toBe(201)
    expect(ruled.body.ruling.provenance).toBe('ruling')
    expect(await service.call(path, { key: keys.karim!, body })).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT_CLOSED' },
    })
    for (const listing of ['/api/facets/category/labels?limit=100', '/api/review/queue?facet=category']) {
      const { body: seen } = await service.call<Record<string, { name: string; guidelines: unknown[] }[]>>(
        listing,
        { key: keys.ben! },
      )
      const labels = seen.items?.[0]?.guidelines === undefined ? seen.labels! : seen.items
      expect(labels.find(({ name }) => name === 'billing')?.guidelines).toMatchObject([
        { text: guideline, examples: [{ threadId: first.threadId }] },
      ])
    }
    expect(await disputes(1)).toMatchObject([{ id: second.id }])
  })

  it('is decided and looked for on the command line too', async () => {
    const list = () => runJson<{ conflicts: Conflict[] }>(address, ['conflicts', 'list', '--kind', 'ratings'])
    const [conflict] = (await list()).conflicts
    const ruled = await runJson<{ ruling: { id: string; label: string }; conflict: { closed: object } }>(
      address,
      ['conflicts', 'rule', conflict!.id, '--confirm', '--note', 'The latest rating is right'],
    )
    expect(ruled).toMatchObject({
      ruling: { label: conflict!.label },
      conflict: { closed: { outcome: 'ruled' } },
    })
    expect(await list()).toEqual({ conflicts: [] })
    const again = await runCommand(address, ['conflicts', 'rule', conflict!.id, 'billing', '--json'])
    expect(again.code).toBe(1)
    expect(JSON.parse(again.stdout).error.code).toBe('CONFLICT_CLOSED')

    const revoked = await service.call(`/api/annotations/${ruled.ruling.id}`, {
      key: keys.karim!,
      method: 'DELETE',
    })
    expect(revoked.status).toBe(200)
    expect(await disputes(1)).toMatchObject([{ threadId: conflict!.threadId }])

    const found = await runJson<{ examples: number; suspects: number; withheld: number; open: number }>(
      address,
      ['conflicts', 'find', 'category'],
    )
    expect(found.examples).toBeGreaterThan(100)
    // The demo's model is right too rarely to accuse more than a few labels.
    expect(found.withheld).toBeGreaterThan(found.suspects)
    expect(found.suspects).toBeLessThanOrEqual(Math.ceil(found.examples * 0.05))
    const { conflicts } = await runJson<{ conflicts: Conflict[] }>(address, ['conflicts', 'list'])
    expect(conflicts).toHaveLength(found.open)
  })
})
