import { type AddressInfo, createServer } from 'node:net'

import { Webhook } from 'standardwebhooks'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import {
  changeEndpoint,
  removeEndpoint,
  rotateSecret,
} from '../../../src/webhooks/endpoints/manage-endpoints.ts'

import { retryDeliveries } from '../../../src/webhooks/sending/manage-deliveries.ts'

import { RETRY_DELAYS_MS } from '../../../src/webhooks/sending/record-attempt.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { openReceiver, type Receiver, verify } from '../receiver.ts'
import { setUpWebhooks, until, type WebhookSetting } from '../setting.ts'

const HOUR = 3_600_000

describeEachDatabase.always('sending webhooks', (database) => {
  let address: TestDatabase
  let webhooks: WebhookSetting
  let receiver: Receiver
  beforeAll(async () => {
    address = await database()
  })
  beforeEach(async () => {
    webhooks = await setUpWebhooks(address)
    receiver = await openReceiver()
  })
  afterEach(async () => {
    await webhooks.close()
    await receiver.close()
  })

  const received = (count: number) => until(`${count} arrived`, () => receiver.received.length >= count)
  const one = async (endpointId: string) => (await webhooks.all(endpointId))[0]!
  /** Until the attempt is written down, which is after it arrived. */
  const settled = (endpointId: string, attempts: number) =>
    until(`attempt ${attempts} is settled`, async () => {
      const row = await webhooks.db.sql('webhook_deliveries').where({ endpoint_id: endpointId }).first()
      return row.attempts === attempts && row.claim === null
    })

  it('signs so that a consumer of the standard verifies it', async () => {
    const endpoint = await webhooks.add(receiver.url('/hook?token=t'))
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await received(1)
    const [first] = receiver.received
    expect(first).toMatchObject({ path: '/hook?token=t', headers: { 'content-type': 'application/json' } })
    expect(first?.headers['webhook-id']).toBe('msg_one')
    expect(verify(first!, endpoint.secrets[0]!.value)).toMatchObject({ data: { name: 'msg_one' } })
    expect(() => verify({ ...first!, body: `${first!.body} ` }, endpoint.secrets[0]!.value)).toThrow()
    await settled(endpoint.id, 1)
    expect(await one(endpoint.id)).toMatchObject({ status: 'delivered', attempts: 1, lastStatus: 204 })
  })

  it('sends at once what was enqueued before the clock was set back', async () => {
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], 'msg_early')
    webhooks.clock.advance(-5 * HOUR)
    webhooks.start()
    await received(1)
    expect(receiver.ids()).toEqual(['msg_early'])
  })

  it('tries again on the schedule with one id and a new timestamp, then gives up; a retry begins anew', async () => {
    receiver.answerWith((response) => response.writeHead(500).end('out of order'))
    const endpoint = await webhooks.add(receiver.url())
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    for (let attempt = 1; attempt <= RETRY_DELAYS_MS.length; attempt++) {
      await settled(endpoint.id, attempt)
      const due = Date.parse((await one(endpoint.id)).nextAttemptAt!) - webhooks.clock.now().getTime()
      const planned = RETRY_DELAYS_MS[attempt - 1]!
      expect(due).toBeGreaterThanOrEqual(planned)
      expect(due).toBeLessThanOrEqual(planned * 1.2)
      webhooks.later(due)
    }
    await settled(endpoint.id, RETRY_DELAYS_MS.length + 1)
    expect(await one(endpoint.id)).toMatchObject({
      status: 'dead',
      attempts: 10,
      lastError: 'The server responded 500; response: out of order',
    })
    expect(new Set(receiver.ids())).toEqual(new Set(['msg_one']))
    const times = receiver.received.map(({ headers }) => headers['webhook-timestamp'])
    expect(new Set(times).size).toBe(10)
    for (const { headers, body } of receiver.received) {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000)
      const signature = new Webhook(endpoint.secrets[0]!.value).sign('msg_one', at, body)
      expect(headers['webhook-signature']).toBe(signature)
    }

    receiver.answerWith(200)
    expect(await retryDeliveries(webhooks, { endpointId: endpoint.id, actor: commandLine })).toBe(1)
    await received(11)
    await settled(endpoint.id, 1)
    expect(await one(endpoint.id)).toMatchObject({ status: 'delivered' })
    expect((await webhooks.endpoints.require(endpoint.id, 'internal')).failingSince).toBeUndefined()
  })

  it('is not held up by a redirect, a cut connection, silence or a port where nobody listens', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    receiver.answerWith((response, { path }) => {
      if (path === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
      if (path === '/cut') response.destroy()
    })
    const wrong = {
      [receiver.url('/moved')]: /redirects to http:\/\/169.254.169.254\//,
      [receiver.url('/cut')]: /closed before a response/,
      [receiver.url('/silent')]: /no response within 0.3 s/,
      [`http://127.0.0.1:${port}/`]: /nothing is listening/,
    }
    const endpoints = await Promise.all(Object.keys(wrong).map((url) => webhooks.add(url)))
    webhooks.start({ timeoutMs: 300 })
    await webhooks.enqueue(
      endpoints.map(({ id }) => id),
      'msg_one',
    )
    for (const endpoint of endpoints) {
      await settled(endpoint.id, 1)
      const delivery = await one(endpoint.id)
      expect(delivery).toMatchObject({
        status: 'waiting',
        lastError: expect.stringMatching(wrong[endpoint.url]!),
      })
      expect(delivery.lastStatus).toBeUndefined()
    }
  })

  it('reads no more of an answer than helps, however long that is', async () => {
    receiver.answerWith((response) => {
      response.writeHead(500)
      const flood = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.once('close', () => clearInterval(flood))
    })
    const endpoint = await webhooks.add(receiver.url())
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await settled(endpoint.id, 1)
    expect((await one(endpoint.id)).lastError).toMatch(/^The server responded 500; response: x{300}$/)
  })

  it('stops at 410 Gone, says why, and keeps what waited', async () => {
    receiver.answerWith(410)
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], 'msg_one', 'msg_two', 'msg_three')
    // One that fails is sent one request at a time, so that the others are still waiting.
    await webhooks.endpoints.recordFailure(endpoint.id)
    webhooks.start()
    await until(
      'it is disabled',
      async () => !(await webhooks.endpoints.require(endpoint.id, 'internal')).enabled,
    )
    expect(receiver.received).toHaveLength(1)
    const deliveries = await webhooks.all(endpoint.id)
    expect(deliveries.map(({ status }) => status)).toEqual(['dead', 'dead', 'dead'])
    const after = await webhooks.endpoints.require(endpoint.id, 'internal')
    expect(after).toMatchObject({ disabledReason: 'it responded 410 Gone', version: 2 })
    const { items } = await webhooks.audit.list({ target: endpoint.id, limit: 5 })
    expect(items.map(({ action, actor }) => [action, actor.id])).toContainEqual([
      'webhook.disabled',
      'system',
    ])
    await expect(
      retryDeliveries(webhooks, { endpointId: endpoint.id, actor: commandLine }),
    ).rejects.toMatchObject({
      code: 'WEBHOOK_DISABLED',
    })
    receiver.answerWith(200)
    await changeEndpoint(webhooks, {
      id: endpoint.id,
      version: 2,
      change: { enabled: true },
      actor: commandLine,
    })
    expect(await retryDeliveries(webhooks, { endpointId: endpoint.id, actor: commandLine })).toBe(3)
    await received(4)
  })

  it('leaves a receiver alone for as long as it asks, with all that is for it', async () => {
    receiver.answerWith((response) => response.writeHead(429, { 'retry-after': '3600' }).end())
    const endpoint = await webhooks.add(receiver.url())
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await settled(endpoint.id, 1)
    expect(Date.parse((await one(endpoint.id)).nextAttemptAt!)).toBe(webhooks.clock.now().getTime() + HOUR)
    receiver.answerWith(200)
    await webhooks.enqueue([endpoint.id], 'msg_two')
    webhooks.later(HOUR - 1000)
    // Another endpoint's delivery shows that the sender has looked meanwhile.
    const other = await webhooks.add(receiver.url('/other'))
    await webhooks.enqueue([other.id], 'msg_other')
    await received(2)
    expect(receiver.ids()).toEqual(['msg_one', 'msg_other'])
    webhooks.later(1000)
    await received(4)
    expect(receiver.ids().slice(2).sort()).toEqual(['msg_one', 'msg_two'])
  })

  it('disables an endpoint where nothing has arrived for days', async () => {
    receiver.answerWith(500)
    const endpoint = await webhooks.add(receiver.url())
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await settled(endpoint.id, 1)
    webhooks.later(5 * 24 * HOUR)
    await until(
      'it is disabled',
      async () => !(await webhooks.endpoints.require(endpoint.id, 'internal')).enabled,
    )
    const { disabledReason } = await webhooks.endpoints.require(endpoint.id, 'internal')
    expect(disabledReason).toMatch(/^nothing has been delivered since \d{4}-/)
    expect(await one(endpoint.id)).toMatchObject({ status: 'dead' })
  })

  it('signs with both secrets while one takes the place of the other', async () => {
    const endpoint = await webhooks.add(receiver.url())
    const old = endpoint.secrets[0]!.value
    const after = await rotateSecret(webhooks, { id: endpoint.id, actor: commandLine })
    const fresh = after.secrets[0]!.value
    expect(fresh).not.toBe(old)
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await received(1)
    expect(receiver.received[0]!.headers['webhook-signature']!.split(' ')).toHaveLength(2)
    for (const secret of [old, fresh]) expect(verify(receiver.received[0]!, secret)).toBeDefined()
    await settled(endpoint.id, 1)
    webhooks.later(24 * HOUR)
    await webhooks.enqueue([endpoint.id], 'msg_two')
    await received(2)
    const { headers, body } = receiver.received[1]!
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    expect(headers['webhook-signature']).toBe(new Webhook(fresh).sign('msg_two', at, body))
    const leaked = await rotateSecret(webhooks, { id: endpoint.id, overlapHours: 0, actor: commandLine })
    expect(leaked.secrets).toHaveLength(1)
  })

  it('sends nothing more to an endpoint that was removed while deliveries waited or were under way', async () => {
    let release = () => {}
    receiver.answerWith((response) => (release = () => response.writeHead(200).end()))
    const endpoint = await webhooks.add(receiver.url())
    await webhooks.enqueue([endpoint.id], ...Array.from({ length: 20 }, (_, i) => `msg_${i}`))
    const sender = webhooks.start()
    await received(5)
    await removeEndpoint(webhooks, { id: endpoint.id, actor: commandLine })
    release()
    await sender.stop(0)
    expect(receiver.received).toHaveLength(5)
    expect(await webhooks.all(endpoint.id)).toEqual([])
    expect(await webhooks.endpoints.list('internal', {})).toEqual({ items: [] })
  })

  it('reaches no private address, whatever name leads there', async () => {
    await webhooks.close()
    webhooks = await setUpWebhooks(address, ['elsewhere.example'])
    const port = new URL(receiver.url()).port
    const url = `https://localhost:${port}/`
    const endpoint = await webhooks.add(url)
    webhooks.start()
    await webhooks.enqueue([endpoint.id], 'msg_one')
    await settled(endpoint.id, 1)
    expect((await one(endpoint.id)).lastError).toMatch(/private network .*ENTRAIDE_PRIVATE_HOSTS/)
    expect(receiver.received).toEqual([])
    for (const refused of [
      receiver.url(),
      `https://127.0.0.1:${port}`,
      'https://[::1]/',
      'http://example.org/',
      'ftp://a.b/',
      'https://a:b@c.d/',
      'no',
    ])
      await expect(webhooks.add(refused)).rejects.toMatchObject({ code: 'WEBHOOK_URL_INVALID' })
  })
})
