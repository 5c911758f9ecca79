import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import type { FacetModel } from '../../../src/triage/predictions/prediction.ts'
import { triageRoutes } from '../../../src/triage/routes.ts'
import { usualOrder } from '../../../src/triage/routing/routing-schemas.ts'
import { saveRuleSet } from '../../../src/triage/routing/save-rule-set.ts'
import { supervisor } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { setUpTriage } from '../setting.ts'

const NDJSON = 'application/x-ndjson'

async function setUp(database: TestDatabase, change: (model: FacetModel) => FacetModel = (model) => model) {
  const setting = await setUpTriage(database)
  const { active } = setting.models
  const models = { active: async () => (await active()).map(change), unreadable: () => [] }
  const { app, keyFor } = await buildTestApp(database, [triageRoutes({ ...setting.deps, models })], {
    clock: setting.clock,
  })
  const { headers } = await keyFor('router')
  const post = (url: string, payload: string | object | Buffer, type = 'application/json') =>
    app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': type }, payload })
  return {
    setting,
    app,
    headers,
    classify: (body: object) => post('/api/classify', body),
    batch: async (body: string | Buffer) => {
      const answer = await post('/api/classify/batch', body, NDJSON)
      const lines = answer.body.split('\n').filter(Boolean)
      return { ...answer, statusCode: answer.statusCode, lines: lines.map((line) => JSON.parse(line)) }
    },
  }
}

const lines = (...values: unknown[]) => `${values.map((value) => JSON.stringify(value)).join('\n')}\n`

describeEachDatabase('classifying a post', (database) => {
  it('answers each facet and the routing decision, and stores nothing', async () => {
    const { setting, classify } = await setUp(await database())
    await setting.activate({ invoice: 'billing', facture: 'billing', antenna: 'network' })
    await setting.activate({ urgent: 'high', please: 'low' }, 'urgency')
    const tables = ['events', 'jobs', 'predictions', 'routing_decisions', 'audit_log', 'threads']
    const stored = () => Promise.all(tables.map((table) => setting.db.sql(table)))
    const before = await stored()
    const answer = await classify({
      title: 'Facture',
      body: 'Bonjour, ma **facture** de ce mois est fausse, que dois-je faire ?',
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toEqual({
      language: 'fr',
      predictions: [
        {
          facet: 'category',
          label: 'billing',
          confidence: 0.9,
          decision: 'assigned',
          modelVersion: 1,
          alternatives: [
            { label: 'billing', confidence: 0.9 },
            { label: 'network', confidence: expect.closeTo(0.1) },
          ],
        },
        {
          facet: 'urgency',
          label: 'high',
          confidence: 0.4,
          decision: 'abstained',
          modelVersion: 1,
          alternatives: [
            { label: 'high', confidence: 0.4 },
            { label: 'low', confidence: 0.6 },
          ],
        },
      ],
      routing: {
        destination: { kind: 'community', name: 'community' },
        priority: 'normal',
        rule: 'default',
        ruleSetVersion: 0,
      },
    })
    expect(setting.classified[0]).toBe(
      'Facture\nBonjour, ma facture de ce mois est fausse, que dois-je faire ?',
    )
    expect(await stored()).toEqual(before)
  })

  it('answers by the routing rules alone while there is no model, with a notice', async () => {
    const { classify } = await setUp(await database())
    expect((await classify({ body: 'My invoice is wrong' })).json()).toMatchObject({
      predictions: [],
      routing: { rule: 'default' },
      notice: expect.stringContaining('No model'),
    })
  })

  it('routes by facts, language and asker as they are stated', async () => {
    const { setting, classify } = await setUp(await database())
    const actor = supervisor
    await saveRuleSet(setting.deps, { ruleSet: usualOrder, basedOn: 0, actor })
    const business = await classify({ body: 'Hello', facts: { segment: 'business' } })
    expect(business.json().routing).toMatchObject({
      rule: 'business-customers',
      slaMinutes: 60,
      ruleSetVersion: 1,
    })
    const stated = await classify({ body: 'Hello', language: 'fr-CA', asker: { role: 'expert' } })
    expect(stated.json()).toMatchObject({ language: 'fr', routing: { rule: 'default' } })
  })

  it('refuses what is no post', async () => {
    const { classify } = await setUp(await database())
    for (const body of [
      {},
      { body: '' },
      { body: 5 },
      { body: 'a', facts: { x: [] } },
      { body: 'a', extra: 1 },
    ])
      expect((await classify(body)).json()).toMatchObject({ code: 'VALIDATION_FAILED' })
  })
})

describeEachDatabase('classifying a batch', (database) => {
  it('answers a line for each line in order, with its id, and an error line for one that cannot be taken', async () => {
    const { setting, batch } = await setUp(await database())
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    const good = lines({ id: 'a', body: 'invoice' }, { id: 2, body: 'antenna' })
    const bad = `{"id":"c"\n\n${lines({ id: 'd' }, [1], { id: 'e', body: 'x', nonsense: 1 })}`
    const long = `${JSON.stringify({ id: 'f', body: 'x'.repeat(1_100_000) })}\n`
    const mangled = Buffer.from([0xff, 0xfe, 0x0a])
    const last = JSON.stringify({ body: 'invoice' })
    const answer = await batch(Buffer.concat([Buffer.from(good + bad + long), mangled, Buffer.from(last)]))
    expect(answer.headers['content-type']).toContain(NDJSON)
    expect(answer.lines).toMatchObject([
      { id: 'a', predictions: [{ label: 'billing' }], routing: { rule: 'default' } },
      { id: 2, predictions: [{ label: 'network' }] },
      { line: 3, code: 'CLASSIFY_LINE_NOT_JSON' },
      { id: 'd', line: 5, code: 'CLASSIFY_LINE_INVALID', detail: expect.stringContaining('body') },
      { line: 6, code: 'CLASSIFY_LINE_INVALID' },
      { id: 'e', line: 7, code: 'CLASSIFY_LINE_INVALID', detail: expect.stringContaining('additional') },
      { line: 8, code: 'CLASSIFY_LINE_TOO_LONG' },
      { line: 9, code: 'CLASSIFY_LINE_NOT_JSON' },
      { predictions: [{ label: 'billing' }] },
    ])
    expect(answer.lines[0].predictions[0]).not.toHaveProperty('versionId')
  })

  it('answers nothing to nothing, and refuses another type', async () => {
    const { batch, app, headers } = await setUp(await database())
    expect(await batch('')).toMatchObject({ statusCode: 200, lines: [] })
    const post = { method: 'POST', url: '/api/classify/batch', headers } as const
    expect((await app.inject(post)).statusCode).toBe(200)
    const json = await app.inject({
      method: 'POST',
      url: '/api/classify/batch',
      headers,
      payload: { body: 'x' },
    })
    expect(json.json()).toMatchObject({ code: 'MEDIA_TYPE_UNSUPPORTED' })
  })
})

describeEachDatabase('a batch that streams', (database, kind) => {
  async function listening(change?: (model: FacetModel) => FacetModel) {
    const served = await setUp(await database(), change)
    await served.setting.activate({ invoice: 'billing', antenna: 'network' })
    await served.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = served.app.server.address() as AddressInfo
    const open = (path: string, method: string, type?: string) =>
      request({
        port,
        host: '127.0.0.1',
        path,
        method,
        headers: { ...served.headers, ...(type !== undefined && { 'content-type': type }) },
      })
    return { ...served, open, batch: () => open('/api/classify/batch', 'POST', NDJSON) }
  }

  it('answers lines while others are still to come', async () => {
    const { batch, app } = await listening()
    const sending = batch()
    sending.write(lines({ id: 1, body: 'invoice' }))
    const [answer] = await once(sending, 'response')
    const [first] = await once(answer, 'data')
    expect(JSON.parse(String(first))).toMatchObject({ id: 1 })
    sending.end(lines({ id: 2, body: 'antenna' }))
    const [second] = await once(answer, 'data')
    expect(JSON.parse(String(second))).toMatchObject({ id: 2 })
    await app.close()
  })

  // Once is enough: what is stored where plays no part in it.
  it.runIf(kind.name === 'SQLite')(
    'takes 100,000 lines in flat memory while other requests are answered',
    async () => {
      const { batch, open, app } = await listening()
      const sending = batch()
      const COUNT = 100_000
      let answered = 0
      let most = 0
      let slowest = 0
      let over = false
      const before = process.memoryUsage().heapUsed
      const received = (async () => {
        const [answer] = await once(sending, 'response')
        for await (const chunk of answer) {
          for (const byte of chunk as Buffer) if (byte === 10) answered++
          most = Math.max(most, process.memoryUsage().heapUsed - before)
        }
        over = true
      })()
      const asking = (async () => {
        while (!over) {
          const started = performance.now()
          const asked = open('/api/routing/rules', 'GET').end()
          const [answer] = await once(asked, 'response')
          answer.resume()
          await once(answer, 'end')
          slowest = Math.max(slowest, performance.now() - started)
          await setTimeout(20)
        }
      })()
      const line = lines({ body: `invoice ${'and so on '.repeat(20)}`, language: 'en' })
      for (let sent = 0; sent < COUNT; sent += 100)
        if (!sending.write(line.repeat(100))) await once(sending, 'drain')
      sending.end()
      await Promise.all([received, asking])
      expect(answered).toBe(COUNT)
      expect(most).toBeLessThan(150_000_000)
      expect(slowest).toBeLessThan(1000)
      await app.close()
    },
  )

  it('waits for a reader that is slow, and stops when it has disconnected', async () => {
    const { batch, setting, app } = await listening()
    const sending = batch()
    sending.on('error', () => undefined)
    const line = lines({ body: `invoice ${'and so on '.repeat(200)}` })
    let sent = 0
    const writing = setInterval(() => {
      if (sending.writableLength < 1_000_000) for (; sent % 500 !== 499; sent++) sending.write(line)
      sent++
    }, 5)
    const [answer] = await once(sending, 'response')
    answer.on('error', () => undefined)
    answer.pause()
    let seen = -1
    await vi.waitFor(
      () => {
        const still = seen === setting.classified.length
        seen = setting.classified.length
        expect(still && seen > 0).toBe(true)
      },
      { timeout: 20_000, interval: 500 },
    )
    expect(seen).toBeLessThan(sent)
    sending.destroy()
    clearInterval(writing)
    await setTimeout(300)
    const after = setting.classified.length
    await setTimeout(300)
    expect(setting.classified.length).toBe(after)
    expect(after).toBeLessThan(sent)
    await app.close()
  })
})
