import { afterAll, beforeAll, expect, it } from 'vitest'
import type { GateEvidence } from '../../src/models/gate/gate-evidence.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { DEMO, TRAIN } from '../support/demo.ts'
import { eventually } from '../support/eventually.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'
import { openReceiver, type Receiver, verify } from '../webhooks/receiver.ts'
import { until } from '../webhooks/setting.ts'

const privately = { ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1' }
const POST = { title: 'Wi-Fi in the attic', body: 'Which repeater do I need for the attic?' }

describeEachDatabase.rarely('the gate on the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let receiver: Receiver
  let key: string
  let secret: string

  beforeAll(async () => {
    address = await database([...DEMO, SERVED, TRAIN])
    key = (await keyOf(address, 'admin')).token
    receiver = await openReceiver()
    const add = [
      'webhooks',
      'add',
      receiver.url(),
      '--type',
      'model.refused',
      '--audience',
      'public',
      '--json',
    ]
    secret = JSON.parse((await runCommand(address, add, privately)).stdout).secret
    service = await startService(address, privately)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
    await receiver.close()
  })

  it('refuses what 25 poisoned corrections make, says why, and the active version goes on answering', async () => {
    for (const [threadId, label] of await poison()) {
      const body = { facet: 'category', label }
      expect((await service.call(`/api/threads/${threadId}/annotations`, { key, body })).status).toBe(201)
    }
    const refused = await versionTwo()
    expect(refused.status).toBe('rejected')
    expect(refused.reason).toMatch(
      /^Rejected: .*of \d+ threads relabelled since version 1, the other examples support the old label for/,
    )
    const tests = refused.report.gate.tests.filter(({ on }) => on === 'relabelled')
    expect(tests).toMatchObject([{ refusal: 'test', p: expect.any(Number) }])
    const answer = await service.call<Classified>('/api/classify', { key, body: POST })
    expect(answer.body.predictions[0]).toMatchObject({ facet: 'category', modelVersion: 1 })
  })

  it('raises an alert and a webhook message about the refusal, in English and French', async () => {
    const alerts = () => service.call<{ items: Alert[] }>('/api/insight/alerts', { key })
    const { body } = await eventually(alerts, ({ body }) => body.items.length > 0)
    expect(body.items).toMatchObject([
      {
        kind: 'refusal',
        facet: 'category',
        version: 2,
        summary: {
          en: expect.stringMatching(
            /^“category”, version 2\. Rejected: .*threads relabelled since version 1/,
          ),
          fr: expect.stringMatching(
            /^«\u00a0category\u00a0», version 2\. Refusée\u00a0: .*discussions réétiquetées depuis la version 1/,
          ),
        },
      },
    ])
    const { stdout } = await runCommand(address, ['insight', 'alerts'])
    expect(stdout).toContain('“category”, version 2. Rejected:')
    await until('model.refused arrived', () => receiver.received.length > 0)
    const { type, data } = verify(receiver.received[0]!, secret) as { type: string; data: object }
    expect(type).toBe('model.refused')
    expect(data).toMatchObject({
      facet: 'category',
      version: 2,
      active: 1,
      accuracy: expect.any(Number),
      gate: expect.stringMatching(/^Rejected: /),
      sentence: { fr: expect.stringMatching(/^Refusée/) },
    })
  })

  it('shows its evidence on the command line', async () => {
    const { stdout } = await runCommand(address, ['models', 'show', 'category', '2'])
    expect(stdout).toMatch(/^category version 2, rejected/)
    expect(stdout).toMatch(/^compared on +among +threads +lost +gained/m)
    expect(stdout).toMatch(/^relabelled +all/m)
    const line = await runJson<Version>(address, ['models', 'show', 'category', '2'])
    expect(line).toMatchObject({ version: 2, report: { gate: { version: 1 } } })
    const { stdout: list } = await runCommand(address, ['models', 'list', 'category'])
    expect(list).toMatch(/rejected .*threads relabelled/)
  })

  it('lets a person overrule it, and asks for parity when it is told to', async () => {
    const path = '/api/models/category/versions/2/activate'
    expect((await service.call(path, { key, method: 'POST' })).status).toBe(200)
    const answer = await service.call<Classified>('/api/classify', { key, body: POST })
    expect(answer.body.predictions[0]).toMatchObject({ modelVersion: 2 })
    const alerts = () => service.call<{ items: Alert[] }>('/api/insight/alerts', { key })
    const { body } = await eventually(alerts, ({ body }) => body.items.length === 0)
    expect(body.items).toEqual([])

    const facet = await runJson(address, ['facets', 'change', 'category', '--require-parity'])
    expect(facet).toMatchObject({ name: 'category', requireParity: true })
    const changed = { method: 'PATCH', body: { requireParity: false }, key }
    const patched = await service.call('/api/facets/category', changed)
    expect(patched).toMatchObject({ status: 200, body: { requireParity: false } })
  })

  /** Every label of 25 threads turned into the next one by name. */
  async function poison(): Promise<[string, string][]> {
    const rows: { thread_id: string; name: string }[] = await address.db
      .sql('thread_labels as t')
      .join('labels as l', 'l.id', 't.label_id')
      .join('facets as f', 'f.id', 't.facet_id')
      .where('f.name', 'category')
      .orderBy('t.thread_id')
      .select('t.thread_id', 'l.name')
    const drawn = new Set(await address.db.sql('audit_slice').pluck('thread_id'))
    const names = [...new Set(rows.map(({ name }) => name))].sort()
    const next = (name: string) => names[(names.indexOf(name) + 1) % names.length] as string
    return rows
      .filter(({ thread_id }) => !drawn.has(thread_id))
      .slice(0, 25)
      .map(({ thread_id, name }) => [thread_id, next(name)])
  }

  async function versionTwo(): Promise<Version> {
    const ask = () => service.call<Version>('/api/models/category/versions/2', { key })
    const answer = await eventually(ask, ({ status }) => status === 200)
    expect(answer.status).toBe(200)
    return answer.body
  }
})

interface Alert {
  readonly kind: string
  readonly summary: { readonly en: string; readonly fr: string }
}

interface Classified {
  readonly predictions: readonly { readonly facet: string; readonly modelVersion: number }[]
}

interface Version {
  readonly version: number
  readonly status: string
  readonly reason: string
  readonly report: { readonly gate: GateEvidence }
}
