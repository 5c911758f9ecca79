import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Actor, ROLES, type Role } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { webhookRoutes } from '../../src/webhooks/routes.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { openReceiver, type Receiver, verify } from './receiver.ts'
import { setUpWebhooks, until, type WebhookSetting } from './setting.ts'

const actor = (name: string, audience: Audience, ...roles: Role[]): Actor => ({
  id: `key_${name}`,
  name,
  audience,
  roles,
})
const actors = [
  ...ROLES.map((role) => actor(role, 'internal', role)),
  actor('partner-admin', 'partner', 'admin'),
]

describeEachDatabase('the webhooks API', (database) => {
  let webhooks: WebhookSetting
  let receiver: Receiver
  let app: Awaited<ReturnType<typeof buildTestApp>>['app']
  beforeAll(async () => {
    const address = await database()
    webhooks = await setUpWebhooks(address)
    receiver = await openReceiver()
    const resolveKey = async (token: string) => actors.find(({ name }) => name === token)
    app = (await buildTestApp(address, [webhookRoutes(webhooks)], { resolveKey, clock: webhooks.clock })).app
  })
  afterAll(async () => {
    await webhooks.close()
    await receiver.close()
  })

  async function call(who: string, method: string, url: string, body?: object, headers: object = {}) {
    const answer = await app.inject({
      method: method as 'GET',
      url: `/api/webhooks${url}`,
      headers: { ...headers, authorization: `Bearer ${who}` },
      ...(body === undefined ? {} : { body }),
    })
    const { statusCode: status, headers: given } = answer
    return {
      status,
      etag: String(given.etag),
      body: answer.body === '' ? undefined : answer.json(),
      text: answer.body,
    }
  }
  const definition = (path: string, more: object = {}) => ({
    url: receiver.url(path),
    types: ['routing.decided'],
    audience: 'internal',
    ...more,
  })

  it('is for administrators alone', async () => {
    const { id } = (await call('admin', 'POST', '', definition('/roles'))).body
    const requests: readonly [string, string, object?][] = [
      ['POST', '', definition('/mine')],
      ['GET', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`, { enabled: false }],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/rotate-secret`, {}],
      ['POST', `/${id}/test`],
      ['GET', `/${id}/deliveries`],
      ['POST', `/${id}/retry`, {}],
    ]
    for (const [method, url, body] of requests) {
      for (const role of ROLES.filter((each) => each !== 'admin'))
        expect([method, url, role, (await call(role, method, url, body)).status]).toEqual([
          method,
          url,
          role,
          403,
        ])
      expect((await app.inject({ method: method as 'GET', url: `/api/webhooks${url}` })).statusCode).toBe(401)
    }
    expect((await call('admin', 'GET', `/${id}`)).status).toBe(200)
    expect(receiver.received).toEqual([])
  })

  it('shows the secret once, and a new one when it is rotated', async () => {
    const made = await call('admin', 'POST', '', definition('/secret', { description: 'CRM' }))
    expect(made.status).toBe(201)
    const { id, secret } = made.body
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made.body).toMatchObject({
      description: 'CRM',
      routing: { activeWithinDays: 7 },
      enabled: true,
      waiting: 0,
    })
    const again = await call('admin', 'POST', '', definition('/secret'))
    expect([again.status, again.body.code]).toEqual([409, 'WEBHOOK_URL_TAKEN'])
    expect(again.text).toContain(id)
    const rotated = await call('admin', 'POST', `/${id}/rotate-secret`, { overlapHours: 2 })
    expect(rotated.body.secret).not.toBe(secret)
    const until = new Date(webhooks.clock.now().getTime() + 2 * 3_600_000).toISOString()
    expect(rotated.body.oldSecretUntil).toBe(until)
    for (const text of [
      (await call('admin', 'GET', `/${id}`)).text,
      (await call('admin', 'GET', '')).text,
      JSON.stringify(await webhooks.audit.list({ limit: 100 })),
    ])
      expect(text).not.toContain('whsec_')
  })

  it('is changed by whoever has read it last, and keeps track of it', async () => {
    const { body, etag } = await call('admin', 'POST', '', definition('/change?key=hush'))
    const change = (given: object, headers?: object) => call('admin', 'PATCH', `/${body.id}`, given, headers)
    expect((await change({ enabled: false })).status).toBe(428)
    expect((await change({ enabled: false }, { 'if-match': '"9"' })).body.code).toBe('WEBHOOK_CONFLICT')
    const changed = await change(
      { enabled: false, routing: { destinations: ['queue:agents'] } },
      { 'if-match': etag },
    )
    expect(changed.body).toMatchObject({
      enabled: false,
      disabledReason: 'by an administrator',
      version: 2,
      routing: { activeWithinDays: 7, destinations: ['queue:agents'] },
    })
    const same = await change({ enabled: false }, { 'if-match': changed.etag })
    expect([same.body.version, same.etag]).toEqual([2, '"2"'])
    const enabled = await change({ enabled: true }, { 'if-match': '"2"' })
    expect(enabled.body.disabledReason).toBeUndefined()
    const { items } = await webhooks.audit.list({ target: body.id, limit: 5 })
    expect(items.map(({ action }) => action).sort()).toEqual([
      'webhook.changed',
      'webhook.changed',
      'webhook.created',
    ])
    expect(JSON.stringify(items)).not.toContain('hush')
    expect((await call('admin', 'DELETE', `/${body.id}`)).status).toBe(204)
    expect((await call('admin', 'DELETE', `/${body.id}`)).body.code).toBe('WEBHOOK_NOT_FOUND')
  })

  it.each([
    [{ url: 'http://169.254.169.254/latest' }, 422],
    [{ url: 'https://user:pass@crm.example/' }, 422],
    [{ url: 'file:///etc/passwd' }, 422],
    [{ types: [] }, 400],
    [{ types: ['thread.read'] }, 400],
    [{ audience: 'everyone' }, 400],
    [{ routing: { destinations: ['somewhere'] } }, 400],
    [{ routing: { activeWithinDays: -1 } }, 400],
    [{ secret: 'whsec_mine' }, 400],
  ])('refuses %j', async (wrong, status) => {
    const answer = await call('admin', 'POST', '', definition('/wrong', wrong))
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('pass@')
  })

  it('lets nobody listen to more than they may see themselves', async () => {
    const { id } = (await call('admin', 'POST', '', definition('/inner'))).body
    expect((await call('partner-admin', 'POST', '', definition('/outer'))).body.code).toBe(
      'WEBHOOK_AUDIENCE_FORBIDDEN',
    )
    const same = await call('partner-admin', 'POST', '', definition('/inner', { audience: 'partner' }))
    expect(same.body.code).toBe('WEBHOOK_URL_TAKEN')
    expect(same.text).not.toContain(id)
    const theirs = (await call('partner-admin', 'POST', '', definition('/outer', { audience: 'partner' })))
      .body.id
    const closer = await call(
      'partner-admin',
      'PATCH',
      `/${theirs}`,
      { audience: 'internal' },
      { 'if-match': '"1"' },
    )
    expect(closer.body.code).toBe('WEBHOOK_AUDIENCE_FORBIDDEN')
    const taken = await call(
      'partner-admin',
      'PATCH',
      `/${id}`,
      { url: receiver.url('/x') },
      { 'if-match': '"1"' },
    )
    expect(taken.status).toBe(404)
    expect((await call('partner-admin', 'POST', `/${id}/rotate-secret`, {})).status).toBe(404)
    const { items } = (await call('partner-admin', 'GET', '')).body
    expect(items.map((item: { id: string }) => item.id)).toEqual([theirs])
  })

  it('tests an endpoint, and lists and retries what failed', async () => {
    const { id, secret } = (await call('admin', 'POST', '', definition('/try'))).body
    receiver.answerWith((response) => response.writeHead(404).end('No\u0000thing\nhere'))
    expect((await call('admin', 'POST', `/${id}/test`)).body).toMatchObject({
      delivered: false,
      status: 404,
      response: 'No thing here',
      problem: 'The server responded 404 (there is nothing at this URL); response: No thing here',
    })
    receiver.answerWith(204)
    expect((await call('admin', 'POST', `/${id}/test`)).body).toMatchObject({ delivered: true, status: 204 })
    expect(verify(receiver.received.at(-1)!, secret)).toMatchObject({ type: 'webhook.test' })

    await webhooks.enqueue([id], 'msg_dead', 'msg_other')
    await webhooks.db.sql('webhook_deliveries').where({ message_id: 'msg_dead' }).update({ status: 'dead' })
    const dead = (await call('admin', 'GET', `/${id}/deliveries?status=dead`)).body.items
    expect(dead).toMatchObject([{ messageId: 'msg_dead', status: 'dead', endpointId: id }])
    expect((await call('admin', 'GET', `/${id}`)).body).toMatchObject({ waiting: 1, dead: 1 })
    const retry = () => call('admin', 'POST', `/${id}/retry`, { deliveryId: dead[0].id })
    expect((await retry()).body).toEqual({ retried: 1 })
    expect((await retry()).body.code).toBe('WEBHOOK_DELIVERY_NOT_DEAD')
    const sender = webhooks.start()
    await until('both arrive', () => ['msg_dead', 'msg_other'].every((each) => receiver.ids().includes(each)))
    await sender.stop()
    const first = (await call('admin', 'GET', `/${id}/deliveries?limit=1`)).body
    const second = (await call('admin', 'GET', `/${id}/deliveries?limit=1&cursor=${first.next}`)).body
    expect([first.items.length, second.items.length, second.next]).toEqual([1, 1, undefined])
    expect(second.items[0].id).not.toBe(first.items[0].id)
  })

  it('has an example in the API document for every body', async () => {
    const { paths } = (await app.inject({ url: '/api/openapi.json' })).json()
    const ours = Object.keys(paths).filter((path) => path.startsWith('/api/webhooks'))
    expect(ours).toHaveLength(6)
    for (const path of ours)
      for (const [method, operation] of Object.entries<Operation>(paths[path])) {
        const answers = Object.entries(operation.responses).filter(([status]) => /^2/.test(status))
        const bodies = [operation.requestBody, ...answers.map(([, answer]) => answer)]
        for (const body of bodies) {
          const json = body?.content?.['application/json']
          if (json !== undefined && method !== 'delete')
            expect(`${method} ${path} ${JSON.stringify(json)}`).toMatch(/"examples?":/)
        }
      }
  })
})

interface Body {
  readonly content?: Readonly<Record<string, object>>
}
interface Operation {
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body>>
}
