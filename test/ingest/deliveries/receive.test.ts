import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { receiveRoutes } from '../../../src/ingest/deliveries/receive-routes.ts'
import { rotateSecret } from '../../../src/ingest/deliveries/rotate-secret.ts'
import { sourceRoutes } from '../../../src/ingest/deliveries/routes.ts'
import { buildTestApp, type TestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import {
  type DeliveryTestDeps,
  deliveryDeps,
  discourseDelivery,
  githubDelivery,
  SECRET,
  type TestDelivery,
  zendeskDelivery,
} from './support.ts'

describeEachDatabase('receiving webhooks', (database) => {
  let shared: TestDatabase
  let deps: DeliveryTestDeps
  let test: TestApp

  beforeAll(async () => {
    shared = await database()
    deps = deliveryDeps(shared.db)
    test = await buildTestApp(shared, [receiveRoutes(deps), sourceRoutes(deps)], { clock: deps.clock })
    for (const kind of ['discourse', 'github', 'zendesk'])
      await rotateSecret(deps, { source: 'forum', kind, secret: SECRET, actor: commandLine })
  })
  beforeEach(() => shared.db.sql('received_deliveries').delete())
  afterAll(async () => {
    await test.app.close()
    await deps.outbound.close()
  })

  const send = (kind: string, { headers, body }: TestDelivery, source = 'forum') =>
    test.app.inject({
      method: 'POST',
      url: `/api/sources/${encodeURIComponent(source)}/webhooks/${kind}`,
      headers,
      payload: body,
    })
  const stored = () => shared.db.sql('received_deliveries').orderBy('id')

  it('stores a signed delivery as it came, and answers before anything is done with it', async () => {
    const delivery = discourseDelivery(7, 'topic_created', { topic: { id: 1, title: 'Été 🌞 \u0000' } })
    const answer = await send('discourse', delivery)
    expect([answer.statusCode, answer.json()]).toEqual([202, { id: expect.any(String), status: 'queued' }])
    expect(await stored()).toMatchObject([
      {
        id: answer.json().id,
        kind: 'discourse',
        event: 'topic_created',
        external_id: '7',
        sequence: 7,
        status: 'waiting',
        body: delivery.body,
      },
    ])
    expect(await deps.jobs.counts()).toMatchObject({ queued: 1 })
  })

  it('takes a repetition without an error, and keeps nothing of it', async () => {
    const deliveries: [string, TestDelivery][] = [
      ['discourse', discourseDelivery(8, 'post_edited', { post: { id: 1 } })],
      ['github', githubDelivery('6f2f6a4e-1d2c-4b3a-9e8f-000000000001', 'discussion.created', {})],
      ['zendesk', zendeskDelivery('8350205582', 'community_post.created', {})],
    ]
    for (const [kind, delivery] of deliveries) {
      expect((await send(kind, delivery)).statusCode).toBe(202)
      const again = await send(kind, delivery)
      expect([again.statusCode, again.json()]).toEqual([200, { status: 'repeated' }])
    }
    const otherwise = discourseDelivery(8, 'post_destroyed', { post: { id: 1 } })
    expect((await send('discourse', otherwise)).json()).toEqual({ status: 'repeated' })
    const events = (await stored()).map(({ event }) => event)
    expect(events.sort()).toEqual(['community_post.created', 'discussion.created', 'post_edited'])
  })

  it('stores one of a hundred copies that come at the same moment', async () => {
    const delivery = discourseDelivery(9, 'post_created', { post: { id: 1 } })
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('discourse', delivery)))
    expect(answers.filter(({ statusCode }) => statusCode === 202)).toHaveLength(1)
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(99)
    expect(await stored()).toHaveLength(1)
  })

  const genuine = () => discourseDelivery(10, 'post_created', { post: { id: 1, raw: 'né à Noël' } })
  const signed = (header: string): TestDelivery => ({
    ...genuine(),
    headers: { ...genuine().headers, 'x-discourse-event-signature': header },
  })
  const right = genuine().headers['x-discourse-event-signature'] as string
  const sha1 = createHmac('sha1', SECRET).update('{}').digest('hex')
  const forged: Record<string, [string, TestDelivery, string?]> = {
    'a wrong secret': ['discourse', discourseDelivery(10, 'ping', { ping: 'OK' }, 'another-secret-of-16')],
    'no signature': ['discourse', { ...genuine(), headers: { 'content-type': 'application/json' } }],
    'an empty signature': ['discourse', signed('')],
    'a truncated signature': ['discourse', signed(right.slice(0, -2))],
    'an upper-case signature': ['discourse', signed(`sha256=${right.slice(7).toUpperCase()}`)],
    'a signature without its scheme': ['discourse', signed(right.slice(7))],
    'a repeated signature': ['discourse', signed(`${right}, ${right}`)],
    'another body': ['discourse', { ...genuine(), body: genuine().body.replace('né', 'ne') }],
    'the body with other spaces': ['discourse', { ...genuine(), body: `${genuine().body} ` }],
    'the same JSON with escapes': [
      'discourse',
      { ...genuine(), body: genuine().body.replace('é', '\\u00e9') },
    ],
    'a source nobody knows': ['discourse', genuine(), 'nowhere'],
    'a source with a name that is no name': ['discourse', genuine(), "' or 1=1 --"],
    'SHA-1 alone': [
      'github',
      { body: '{}', headers: { 'content-type': 'application/json', 'x-hub-signature': `sha1=${sha1}` } },
    ],
    'a signature of another sender': ['github', genuine()],
    'an old time': ['zendesk', zendeskDelivery('1', 'x.y', {}, { at: '2026-01-10T11:54:59Z' })],
    'a time to come': ['zendesk', zendeskDelivery('1', 'x.y', {}, { at: '2026-01-10T12:05:01Z' })],
    'a time that is none': ['zendesk', zendeskDelivery('1', 'x.y', {}, { at: 'now' })],
    'a year far away': ['zendesk', zendeskDelivery('1', 'x.y', {}, { at: '+275760-09-13T00:00:00Z' })],
  }
  it.each(Object.keys(forged))('refuses %s as it refuses everything that is not genuine', async (name) => {
    const [kind, delivery, source] = forged[name]!
    const answer = await send(kind, delivery, source)
    const { status, code, detail } = answer.json()
    expect({ status, code, detail }).toEqual({
      status: 401,
      code: 'WEBHOOK_SIGNATURE_INVALID',
      detail:
        'The signature of the delivery is missing or wrong, or the source has no such webhook. Check the secret on both sides.',
    })
    expect(answer.headers['www-authenticate']).toBeUndefined()
    expect(await stored()).toEqual([])
  })

  it('takes secrets of any characters, a byte order mark, and a time within five minutes', async () => {
    const secret = 'clé-très-secrète-🔑-кл'
    await rotateSecret(deps, { source: 'été à Nîmes/2', kind: 'github', secret, actor: commandLine })
    const unicode = githubDelivery('1', 'discussion.created', {}, secret)
    expect((await send('github', unicode, 'été à Nîmes/2')).statusCode).toBe(202)
    const body = `\ufeff${JSON.stringify({ ping: 'OK' })}`
    const marked = discourseDelivery(11, 'ping', {})
    const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
    const headers = { ...marked.headers, 'x-discourse-event-signature': signature }
    expect((await send('discourse', { headers, body })).statusCode).toBe(202)
    for (const at of ['2026-01-10T11:55:00Z', '2026-01-10T12:05:00Z'])
      expect((await send('zendesk', zendeskDelivery(at, 'x.y', {}, { at }))).statusCode).toBe(202)
  })

  it('checks what Discourse itself signed', async () => {
    const secret = 'my_lovely_secret_for_web_hook'
    await rotateSecret(deps, { source: 'vector', kind: 'discourse', secret, actor: commandLine })
    const delivery = {
      body: '{"ping":"OK"}',
      headers: {
        'content-type': 'application/json',
        'x-discourse-event-id': '1',
        'x-discourse-event': 'ping',
        'x-discourse-event-signature':
          'sha256=162f107f6b5022353274eb1a7197885cfd35744d8d08e5bcea025d309386b7d6',
      },
    }
    expect((await send('discourse', delivery, 'vector')).statusCode).toBe(202)
  })

  it('reports what is wrong with a signed delivery', async () => {
    const sign = (body: string | Buffer) =>
      `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
    const post = (body: string | Buffer, more: Record<string, string> = {}) =>
      test.app.inject({
        method: 'POST',
        url: '/api/sources/forum/webhooks/github',
        headers: {
          'content-type': 'application/json',
          'x-hub-signature-256': sign(body),
          'x-github-delivery': '1',
          ...more,
        },
        payload: body,
      })
    expect((await post('<html>')).json()).toMatchObject({ status: 400, code: 'WEBHOOK_NOT_JSON' })
    expect((await post('')).json()).toMatchObject({ status: 400, code: 'WEBHOOK_NOT_JSON' })
    expect((await post(Buffer.from([0x22, 0xff, 0x22]))).json()).toMatchObject({ code: 'WEBHOOK_NOT_JSON' })
    for (const id of ['', 'a,b', 'x'.repeat(101), 'é'])
      expect((await post('{}', { 'x-github-delivery': id })).json()).toMatchObject({
        status: 400,
        code: 'WEBHOOK_ID_MISSING',
      })
    const form = await post('payload=%7B%7D', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form.json()).toMatchObject({ status: 415, code: 'WEBHOOK_MEDIA_TYPE_UNSUPPORTED' })
    expect(form.json().detail).toContain('Choose JSON')
    expect((await post('{}', { 'content-type': 'text/plain' })).json()).toMatchObject({ status: 415 })
    const huge = JSON.stringify({ body: 'x'.repeat(1_048_576) })
    expect((await post(huge)).json()).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
    expect(await stored()).toEqual([])
  })

  it('takes any JSON that is signed, however deep, and whatever its keys', async () => {
    const bodies = [
      'null',
      '[]',
      '"text"',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '{"__proto__":{"action":"created"},"constructor":1}',
      '{"action":{"toString":1}}',
    ]
    for (const [i, body] of bodies.entries()) {
      const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`
      const headers = { ...githubDelivery(`odd-${i}`, 'ping', {}).headers, 'x-hub-signature-256': signature }
      expect((await send('github', { headers, body })).statusCode).toBe(202)
    }
    expect(await stored()).toHaveLength(bodies.length)
  })

  it('keeps nothing of a request that asks for an Idempotency-Key', async () => {
    const delivery = genuine()
    const headers = { ...delivery.headers, 'idempotency-key': 'x' }
    expect((await send('discourse', { ...delivery, headers })).statusCode).toBe(202)
  })

  it('counts deliveries apart from other requests, and by address, whatever their URL', async () => {
    const few = deliveryDeps(shared.db, { webhookRateLimit: 3 })
    const own = await buildTestApp(shared, [receiveRoutes(few), sourceRoutes(few)], {
      clock: few.clock,
      config: { bodyLimit: 10_000, rateLimit: 2 },
    })
    const post = (url: string) =>
      own.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: '{}' })
    for (const path of ['forum/webhooks/github', 'forum/webhooks/github?a=1', 'nowhere/webhooks/discourse'])
      expect((await post(`/api/sources/${path}`)).statusCode).toBe(401)
    for (const path of ['forum/webhooks/github', 'forum/webhooks/github?a=2', 'elsewhere/webhooks/github'])
      expect((await post(`/api/sources/${path}`)).statusCode).toBe(429)
    expect((await post('/api/sources/forum/webhooks/github')).json().detail).toContain('More than 3 requests')
    for (const status of [401, 401, 429])
      expect((await own.app.inject({ url: '/api/sources' })).statusCode).toBe(status)
    await own.app.close()
    await few.outbound.close()
  })
})
