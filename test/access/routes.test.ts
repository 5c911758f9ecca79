import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildTestApp, type TestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'

describeEachDatabase('/api/keys and /api/audit', (database) => {
  let test: TestApp
  let admin: Awaited<ReturnType<TestApp['keyFor']>>
  beforeAll(async () => {
    test = await buildTestApp(await database())
    admin = await test.keyFor('admin')
  })
  afterAll(() => test.app.close())

  const post = (payload: object, headers: object = admin.headers) =>
    test.app.inject({ method: 'POST', url: '/api/keys', headers: { ...headers }, payload })

  it('give a token once, and take the key from its next request on when it is revoked', async () => {
    const made = await post({ name: 'crm', roles: ['admin'], audience: 'internal' })
    expect(made.statusCode).toBe(201)
    const { token, ...key } = made.json()
    expect(key).toMatchObject({ name: 'crm', roles: ['admin'], audience: 'internal' })

    const headers = { 'x-api-key': token }
    const listed = await test.app.inject({ url: '/api/keys', headers })
    expect(listed.json().items).toContainEqual(key)
    expect(listed.body).not.toContain(token)

    const revoke = () =>
      test.app.inject({ method: 'DELETE', url: `/api/keys/${key.id}`, headers: admin.headers })
    expect(await revoke()).toMatchObject({ statusCode: 204, body: '' })
    expect(await revoke()).toMatchObject({ statusCode: 204 })
    const refused = await test.app.inject({ url: '/api/keys', headers })
    expect(refused.json()).toMatchObject({ status: 401, code: 'KEY_INVALID' })
  })

  it('never remember a token, whatever the caller sends along', async () => {
    const headers = { ...admin.headers, 'idempotency-key': 'k' }
    const body = { name: 'remembered?', roles: ['agent'], audience: 'public' }
    const { token } = (await post(body, headers)).json()
    expect(token).toBeDefined()
    expect((await post(body, headers)).json()).toMatchObject({ status: 409, code: 'KEY_NAME_TAKEN' })
    const audit = await test.app.inject({ url: '/api/audit?limit=100', headers: admin.headers })
    expect(audit.body).not.toContain(token.split('_')[2])
  })

  it('tell an administrator from others', async () => {
    const agent = await test.keyFor('agent', 'supervisor', 'knowledge-manager', 'router')
    const body = { name: 'mine', roles: ['admin'], audience: 'internal' }
    expect((await post(body, agent.headers)).json()).toMatchObject({ status: 403, code: 'ROLE_FORBIDDEN' })
    expect((await post(body, {})).json()).toMatchObject({ status: 401, code: 'KEY_REQUIRED' })
    const listed = await test.app.inject({ url: '/api/keys', headers: agent.headers })
    expect(listed.statusCode).toBe(403)
  })

  it('show who did what to supervisors, by target and actor, with the request it was part of', async () => {
    const supervisor = await test.keyFor('supervisor')
    const made = await post({ name: 'audited', roles: ['agent'], audience: 'public' })
    const { id } = made.json()
    const read = async (query: string) =>
      (await test.app.inject({ url: `/api/audit?${query}`, headers: supervisor.headers })).json()
    expect(await read(`target=${id}`)).toEqual({
      items: [
        {
          id: expect.any(String),
          at: expect.any(String),
          actor: { id: admin.id, name: 'admin 1' },
          action: 'key.created',
          target: id,
          after: { name: 'audited', roles: ['agent'], audience: 'public' },
          requestId: made.headers['x-request-id'],
        },
      ],
    })
    expect((await read('actor=cli')).items.length).toBeGreaterThan(1)
    const first = await read('actor=cli&limit=1')
    expect((await read(`actor=cli&limit=1&cursor=${first.next}`)).items).not.toEqual(first.items)
    expect(await read('cursor=bogus')).toMatchObject({ status: 400, code: 'CURSOR_INVALID' })
    const agent = await test.keyFor('agent')
    const refused = await test.app.inject({ url: '/api/audit', headers: agent.headers })
    expect(refused.statusCode).toBe(403)
  })

  it('keep the audit log to those who see everything: it quotes what was changed', async () => {
    const made = await post({ name: 'partner', roles: ['supervisor', 'admin'], audience: 'partner' })
    const headers = { 'x-api-key': made.json().token }
    const read = await test.app.inject({ url: '/api/audit', headers })
    expect(read.json()).toMatchObject({ status: 403, code: 'AUDIT_INTERNAL_ONLY' })
    const wider = await post({ name: 'wider', roles: ['admin'], audience: 'internal' }, headers)
    expect(wider.json()).toMatchObject({ status: 403, code: 'KEY_AUDIENCE_FORBIDDEN' })
  })
})
