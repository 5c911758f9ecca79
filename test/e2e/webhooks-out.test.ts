import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stableId } from '../../src/platform/ids.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { keyOf } from '../support/keys.ts'
import { SERVED } from '../support/prepared.ts'
import { runCommand, runJson, type Service, startService } from '../support/service.ts'
import { openReceiver, type Receiver, verify } from '../webhooks/receiver.ts'
import { until } from '../webhooks/setting.ts'

const demo = fileURLToPath(new URL('../../fixtures/demo/', import.meta.url))
const privately = { ENTRAIDE_PRIVATE_HOSTS: '127.0.0.1' }

describeEachDatabase.rarely('a receiver hears of the demo community', (database) => {
  let address: TestDatabase
  let service: Service
  let receiver: Receiver
  let key: string
  let secret: string

  beforeAll(async () => {
    address = await database([SERVED])
    receiver = await openReceiver()
    const add = ['webhooks', 'add', receiver.url(), '--audience', 'public', '--json']
    // Beside one that hangs all the time: neither jobs nor other deliveries wait for it.
    receiver.answerWith((response, { path }) => path === '/hung' || response.writeHead(204).end())
    await runCommand(address, ['webhooks', 'add', receiver.url('/hung')], privately)
    secret = JSON.parse((await runCommand(address, add, privately)).stdout).secret
    for (const [format, file] of [
      ['ndjson', 'community-fr.ndjson'],
      ['csv', 'questions-fr.csv'],
    ] as const)
      await runJson(address, ['import', format, `${demo}${file}`, '--source', file, '--audience', 'public'])
    key = (await keyOf(address, 'admin')).token
    service = await startService(address, privately)
  })
  afterAll(async () => {
    expect(await service.stop()).toBe(0)
    await receiver.close()
  })

  /** What has arrived of a type, each of it signed with the endpoint's secret. */
  const heard = (type: string) =>
    receiver.received
      .filter(({ path }) => path !== '/hung')
      .map((each) => verify(each, secret) as { type: string; data: Data })
      .filter((each) => each.type === type)
      .map(({ data }) => data)
  const first = async (type: string, wanted = (_: Data) => true): Promise<Data> => {
    await until(`${type} arrived`, () => heard(type).some(wanted))
    return heard(type).find(wanted)!
  }
  const threadId = stableId('thr', 'live', 't1')

  async function live(answer: string) {
    const file = join(address.home, 'live.ndjson')
    const createdAt = new Date().toISOString()
    const post = { type: 'post', threadId: 't1', createdAt }
    const lines = [
      { type: 'thread', id: 't1', title: 'Ma facture a doublé', createdAt, url: 'https://forum.example/t/1' },
      { ...post, kind: 'question', id: 'q1', body: 'Pourquoi ma facture a-t-elle doublé ce mois-ci ?' },
      { ...post, kind: 'answer', id: 'a1', body: answer },
      { type: 'acceptance', threadId: 't1', postIds: ['a1'] },
    ]
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await runJson(address, ['import', 'ndjson', file, '--source', 'live', '--audience', 'public'])
  }

  it('of a model that is activated', async () => {
    await runJson(address, ['train', 'category'])
    // Facets that come ready may have been activated before.
    const activated = await first('model.activated', ({ facet }) => facet === 'category')
    expect(activated).toMatchObject({ version: 1, accuracy: expect.any(Number) })
  })

  it('of where a new thread is sent, and of none of the archive', async () => {
    await live('Le mois offert est terminé.')
    const data = await first('routing.decided')
    expect(data).toMatchObject({
      thread: {
        id: threadId,
        source: 'live',
        url: 'https://forum.example/t/1',
        title: 'Ma facture a doublé',
      },
      destination: { kind: expect.any(String), name: expect.any(String) },
      labels: expect.arrayContaining([
        expect.objectContaining({ facet: 'category', givenBy: 'model', modelVersion: 1 }),
      ]),
    })
    expect(new Set(heard('routing.decided').map(({ thread }) => thread.id))).toEqual(new Set([threadId]))
  })

  it('of an article that is published, and of a flag on what it rests on', async () => {
    const draft = await service.call<{ id: string }>(`/api/threads/${threadId}/promote`, {
      key,
      method: 'POST',
    })
    await service.call(`/api/articles/${draft.body.id}/publish`, { key, body: { audience: 'public' } })
    expect(await first('article.published')).toMatchObject({
      article: { id: draft.body.id, audience: 'public' },
    })
    await live('Le mois offert est terminé depuis hier.')
    expect(await first('flag.raised')).toMatchObject({
      article: { id: draft.body.id },
      section: 'resolution',
      flag: 'edited',
    })
    expect(JSON.stringify(receiver.received)).not.toContain('depuis hier')
    const waiting = ['webhooks', 'deliveries', '--status', 'waiting', '--endpoint']
    const left = async (path: string) =>
      (await runJson<{ deliveries: object[] }>(address, [...waiting, receiver.url(path)])).deliveries.length
    await until('all are delivered', async () => (await left('/')) === 0)
    expect(await left('/hung')).toBeGreaterThanOrEqual(4)
  })
})

interface Data {
  readonly facet: string
  readonly thread: { readonly id: string }
}
