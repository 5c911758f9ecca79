import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/open', { config: { allow: 'anyone' } }, async ({ actor }) => actor)
  app.get('/agents', { config: { allow: ['agent'] } }, async ({ actor }) => actor)
  app.get('/admins', { config: { allow: [] } }, async ({ actor }) => actor)
  app.post('/agents', { config: { allow: ['agent'] } }, async () => 'done')
}

describeEachDatabase('authentication', (database) => {
  let shared: TestDatabase
  let test: TestApp
  beforeAll(async () => {
    shared = await database()
    test = await buildTestApp(shared, [routes])
  })
  afterAll(() => test.app.close())

  const get = (path: string, headers: Record<string, string> = {}) =>
    test.app.inject({ url: `/api${path}`, headers })

  it('lets anyone read what is public, as anonymous', async () => {
    const answer = await get('/open')
    expect(answer.json()).toEqual({
      id: 'anonymous',
      name: 'anonymous',
      roles: [],
      audience: 'public',
      requestId: answer.headers['x-request-id'],
    })
  })

  it('takes a key as bearer or as X-API-Key, and knows its holder', async () => {
    const { id, headers } = await test.keyFor('agent')
    const token = headers.authorization.slice('Bearer '.length)
    for (const sent of [
      headers,
      { authorization: `bearer  ${token}` },
      { 'x-api-key': token },
      { 'x-api-key': token, authorization: 'Basic cHJveHk6c2VjcmV0' },
    ]) {
      const answer = await get('/agents', sent as Record<string, string>)
      expect(answer.json()).toMatchObject({ id, roles: ['agent'], audience: 'internal' })
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it('leaves credentials alone that a proxy put into Authorization', async () => {
    const actor = { id: 'usr_1', name: 'Ada', roles: ['agent'], audience: 'internal' } as const
    const resolveSession = async () => ({ sessionId: 'ses_1', actor })
    const { app } = await buildTestApp(shared, [routes], { resolveSession })
    const headers = { authorization: 'Basic cHJveHk6c2VjcmV0', cookie: 'entraide_session=x' }
    expect((await app.inject({ url: '/api/agents', headers })).json()).toMatchObject({ id: 'usr_1' })
    const foreign = { ...headers, 'sec-fetch-site': 'cross-site' }
    const refused = await app.inject({ method: 'POST', url: '/api/agents', headers: foreign })
    expect(refused.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' })
    await app.close()
    expect((await get('/open', { authorization: 'Basic cHJveHk6c2VjcmV0' })).json()).toMatchObject({
      id: 'anonymous',
    })
  })

  it('asks for a key where one is needed', async () => {
    const answer = await get('/agents')
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="entraide"')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      code: 'KEY_REQUIRED',
      detail: expect.stringContaining('API key'),
      requestId: answer.headers['x-request-id'],
    })
  })

  it('refuses a key that is unknown, malformed or revoked, on public routes too', async () => {
    const { id, headers } = await test.keyFor('agent')
    const admin = await test.keyFor('admin')
    await test.app.inject({ method: 'DELETE', url: `/api/keys/${id}`, headers: admin.headers })
    const wrong = [headers.authorization, 'Bearer ', 'Bearer nonsense', `Bearer ${'x'.repeat(5000)}`]
    for (const authorization of wrong) {
      for (const path of ['/open', '/agents']) {
        const answer = await get(path, { authorization })
        expect(answer.json()).toMatchObject({ status: 401, code: 'KEY_INVALID' })
        expect(answer.headers['www-authenticate']).toContain('error="invalid_token"')
      }
    }
  })

  it('lets the roles of a route in, and administrators everywhere', async () => {
    const router = await test.keyFor('router')
    const both = await test.keyFor('router', 'agent')
    const admin = await test.keyFor('admin')
    expect((await get('/agents', router.headers)).json()).toMatchObject({
      status: 403,
      code: 'ROLE_FORBIDDEN',
      detail: 'You have none of the roles that may do this: agent, admin',
    })
    expect((await get('/agents', both.headers)).statusCode).toBe(200)
    expect((await get('/agents', admin.headers)).statusCode).toBe(200)
    expect((await get('/admins', both.headers)).statusCode).toBe(403)
    expect((await get('/admins', admin.headers)).statusCode).toBe(200)
  })

  it('refuses before it reads the body', async () => {
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/agents',
      headers: { 'content-type': 'application/json' },
      payload: '{ this is not JSON',
    })
    expect(answer.json()).toMatchObject({ status: 401, code: 'KEY_REQUIRED' })
  })

  it('covers HEAD as it covers GET', async () => {
    const answer = await test.app.inject({ method: 'HEAD', url: '/api/agents' })
    expect(answer.statusCode).toBe(401)
  })

  it('does not start with a route that does not say who may call it', async () => {
    const forgotten: FastifyPluginAsyncTypebox = async (app) => {
      app.get('/forgotten', async () => 'open by accident')
    }
    await expect(buildTestApp(shared, [forgotten])).rejects.toMatchObject({
      code: 'ROUTE_UNGUARDED',
      message: 'GET /api/forgotten does not state who may call it (config.allow)',
    })
    const nested: FastifyPluginAsyncTypebox = async (app) => {
      await app.register(forgotten, { prefix: '/deep' })
    }
    await expect(buildTestApp(shared, [nested])).rejects.toMatchObject({ code: 'ROUTE_UNGUARDED' })
  })
})
