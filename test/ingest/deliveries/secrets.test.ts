import { afterAll, beforeAll, expect, it } from 'vitest'
import { receiveRoutes } from '../../../src/ingest/deliveries/receive-routes.ts'
import { sourceRoutes } from '../../../src/ingest/deliveries/routes.ts'
import { listSources } from '../../../src/ingest/readable-sources.ts'
import { buildTestApp, type TestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { type DeliveryTestDeps, deliveryDeps, discourseDelivery } from './support.ts'

const HOUR = 3_600_000

describeEachDatabase.always('secrets of webhooks', (database) => {
  let shared: TestDatabase
  let deps: DeliveryTestDeps
  let test: TestApp
  let admin: { headers: { authorization: string } }
  let deliveries = 0

  beforeAll(async () => {
    shared = await database()
    deps = deliveryDeps(shared.db)
    test = await buildTestApp(shared, [receiveRoutes(deps), sourceRoutes(deps)], { clock: deps.clock })
    admin = await test.keyFor('admin')
  })
  afterAll(async () => {
    await test.app.close()
    await deps.outbound.close()
  })

  const ask = async (method: 'GET' | 'POST' | 'DELETE' | 'PUT', path: string, payload?: object) => {
    const url = `/api/sources${path}`
    const answer = await test.app.inject({ method, url, headers: admin.headers, ...(payload && { payload }) })
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
  }
  const rotate = (source: string, payload: object = {}) =>
    ask('POST', `/${source}/webhooks/discourse/secrets`, payload)
  /** The status that a delivery signed with this secret is answered. */
  const deliver = async (source: string, secret: string) => {
    deliveries += 1
    const { headers, body } = discourseDelivery(deliveries, 'ping', { ping: 'OK' }, secret)
    const url = `/api/sources/${source}/webhooks/discourse`
    return (await test.app.inject({ method: 'POST', url, headers, payload: body })).statusCode
  }

  it('set a webhook up, and make its source when that is new', async () => {
    const { status, body } = await rotate('set-up', { audience: 'customer' })
    expect(status).toBe(201)
    expect(body).toMatchObject({ kind: 'discourse', path: '/api/sources/set-up/webhooks/discourse' })
    expect(body.value).toMatch(/^[0-9a-f]{64}$/)
    expect(body).not.toHaveProperty('previousUntil')
    expect(await deps.sources.require('set-up')).toMatchObject({ format: 'discourse', audience: 'customer' })
    expect(await deliver('set-up', body.value)).toBe(202)
    expect((await rotate('set-up', { audience: 'public' })).status).toBe(201)
    expect(await deps.sources.require('set-up')).toMatchObject({ audience: 'customer' })
  })

  it('are rotated without loss: the one before holds until the overlap ends', async () => {
    const first = (await rotate('rotated')).body.value
    const { body } = await rotate('rotated', { overlapHours: 2 })
    expect(body.previousUntil).toBe(new Date(deps.clock.now().getTime() + 2 * HOUR).toISOString())
    for (const secret of [first, body.value]) expect(await deliver('rotated', secret)).toBe(202)
    deps.clock.advance(2 * HOUR - 1)
    expect(await deliver('rotated', first)).toBe(202)
    deps.clock.advance(1)
    expect(await deliver('rotated', first)).toBe(401)
    expect(await deliver('rotated', body.value)).toBe(202)
  })

  it('have one without an end however many rotations come at once', async () => {
    for (const source of ['at-once', 'at-once', 'at-once-too']) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => rotate(source)))
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
      const { secrets } = (await ask('GET', `/${source}/webhooks`)).body
      expect(secrets.filter(({ expiresAt }: { expiresAt?: string }) => expiresAt === undefined)).toHaveLength(
        1,
      )
    }
    const secret = 'the-same-secret-at-once'
    const same = await Promise.all(Array.from({ length: 4 }, () => rotate('at-once', { secret })))
    expect(same.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })

  it('are valid for a day after a rotation by default, and not at all without an overlap', async () => {
    const first = (await rotate('day')).body.value
    const second = (await rotate('day')).body
    expect(second.previousUntil).toBe(new Date(deps.clock.now().getTime() + 24 * HOUR).toISOString())
    const third = (await rotate('day', { overlapHours: 0 })).body.value
    expect([
      await deliver('day', first),
      await deliver('day', second.value),
      await deliver('day', third),
    ]).toEqual([202, 401, 202])
  })

  it('end at once when they are revoked, and are forgotten', async () => {
    const first = (await rotate('revoked')).body
    const second = (await rotate('revoked')).body
    expect((await ask('DELETE', `/revoked/webhooks/discourse/secrets/${first.id}`)).status).toBe(204)
    expect([await deliver('revoked', first.value), await deliver('revoked', second.value)]).toEqual([
      401, 202,
    ])
    expect((await ask('DELETE', `/revoked/webhooks/discourse/secrets/${first.id}`)).body.code).toBe(
      'WEBHOOK_SECRET_NOT_FOUND',
    )
    expect((await ask('DELETE', `/revoked/webhooks/github/secrets/${second.id}`)).status).toBe(404)
    expect(await shared.db.sql('webhook_secrets').where({ secret: first.value })).toEqual([])
  })

  it('belong to one source and one kind', async () => {
    const one = (await rotate('one')).body.value
    await rotate('other')
    expect(await deliver('other', one)).toBe(401)
    expect(await deliver('one', one)).toBe(202)
  })

  it('are shown once: not in lists, not in the audit log, not in the log', async () => {
    const secret = 'given-by-hand-0123456789'
    expect((await rotate('silent', { secret })).body.value).toBe(secret)
    const access = {
      address: 'https://help.example.com',
      credentials: { user: 'a@example.com', token: 'tok-5ecret' },
    }
    expect((await ask('PUT', '/silent/access', access)).status).toBe(204)
    await deliver('silent', secret)
    const { body } = await ask('GET', '/silent/webhooks')
    expect(body).toEqual({
      secrets: [{ id: expect.any(String), kind: 'discourse', createdAt: expect.any(String) }],
      access: { address: 'https://help.example.com', user: 'a@example.com' },
    })
    const audit = JSON.stringify(await shared.db.sql('audit_log'))
    for (const text of [audit, JSON.stringify(test.lines()), JSON.stringify(await shared.db.sql('jobs'))]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain('tok-5ecret')
    }
    expect(audit).toContain('webhook-secret.created')
    expect(audit).toContain('source-access.changed')
  })

  it('are refused when they are short, blank or in use, and wanted where the sender makes them', async () => {
    for (const secret of ['short', 'x'.repeat(201)])
      expect((await rotate('refused', { secret })).body.code).toBe('VALIDATION_FAILED')
    for (const secret of ['with a space in the middle', `tab\t${'x'.repeat(20)}`])
      expect((await rotate('refused', { secret })).body.code).toBe('WEBHOOK_SECRET_INVALID')
    const zendesk = await ask('POST', '/refused/webhooks/zendesk/secrets', {})
    expect(zendesk).toMatchObject({ status: 400, body: { code: 'WEBHOOK_SECRET_REQUIRED' } })
    await expect(deps.sources.require('refused')).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' })
    const secret = 'the-very-same-secret'
    expect((await rotate('refused', { secret })).status).toBe(201)
    expect((await rotate('refused', { secret })).body.code).toBe('WEBHOOK_SECRET_IN_USE')
    expect((await ask('POST', '/refused/webhooks/pigeon/secrets', {})).status).toBe(400)
  })

  it('are for administrators', async () => {
    const { headers } = await test.keyFor('supervisor', 'knowledge-manager')
    for (const [method, path] of [
      ['POST', '/set-up/webhooks/discourse/secrets'],
      ['GET', '/set-up/webhooks'],
      ['GET', '/set-up/deliveries'],
      ['PUT', '/set-up/access'],
      ['POST', '/set-up/deliveries/del_1/retry'],
    ] as const) {
      const answer = await test.app.inject({ method, url: `/api/sources${path}`, headers })
      expect(answer.json().code).toBe('ROLE_FORBIDDEN')
    }
  })

  it('of an API are sent over the internet encrypted only', async () => {
    await rotate('plain')
    for (const address of [
      'http://help.example.com',
      'ftp://x',
      'https://a@b.example',
      'https://x/path',
      'x',
    ])
      expect((await ask('PUT', '/plain/access', { address })).body.code).toBe('API_ADDRESS_INVALID')
    expect((await ask('PUT', '/plain/access', { address: 'http://127.0.0.1:8081' })).status).toBe(204)
    expect((await ask('DELETE', '/plain/access')).status).toBe(204)
    expect((await ask('GET', '/plain/webhooks')).body).not.toHaveProperty('access')
  })

  it('come with a list of sources that shows each reader its own', async () => {
    await deps.sources.ensure({ name: 'zz-internal', format: 'ndjson', audience: 'internal' })
    const { items } = (await ask('GET', '')).body
    expect(items).toContainEqual({
      name: 'set-up',
      format: 'discourse',
      audience: 'customer',
      redact: false,
      createdAt: expect.any(String),
      lastDeliveryAt: expect.any(String),
      webhooks: ['discourse'],
      deliveries: { waiting: expect.any(Number), failed: expect.any(Number) },
    })
    expect(items.map(({ name }: { name: string }) => name)).toContain('zz-internal')
    const seen = await listSources({ db: shared.db, clock: deps.clock }, 'customer')
    expect(seen.map(({ name }) => name)).toEqual(['set-up'])
  })
})
