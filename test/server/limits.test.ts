import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/open', { config: { allow: 'anyone' } }, async () => ({ fine: true }))
  app.get('/agents', { config: { allow: ['agent'] } }, async () => ({ fine: true }))
}

describeEachDatabase('limits', (database) => {
  let shared: TestDatabase
  let test: TestApp
  beforeAll(async () => {
    shared = await database()
  })
  afterEach(() => test.app.close())

  const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '192.0.2.1') =>
    test.app.inject({ url, headers, remoteAddress })

  it('count requests by key, and by address without one', async () => {
    test = await buildTestApp(shared, [routes], { config: { bodyLimit: 10_000, rateLimit: 3 } })
    const [one, other] = [await test.keyFor('agent'), await test.keyFor('agent')]
    for (const left of ['2', '1', '0']) {
      const answer = await get('/api/agents', one.headers)
      expect(answer.statusCode).toBe(200)
      expect(answer.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': left })
    }
    const refused = await get('/api/agents', one.headers, '192.0.2.2')
    expect(refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(refused.headers['content-type']).toContain('application/problem+json')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['ratelimit-remaining']).toBe('0')
    expect((await get('/api/agents', other.headers)).statusCode).toBe(200)
    for (const status of [200, 200, 200, 429]) expect((await get('/api/open')).statusCode).toBe(status)
    expect((await get('/api/open', {}, '192.0.2.3')).statusCode).toBe(200)
  })

  it('count a person who is signed in by person, whatever the session and the address', async () => {
    const person: Actor = { id: 'usr_ida', name: 'Ida', roles: ['agent'], audience: 'internal' }
    test = await buildTestApp(shared, [routes], {
      config: { bodyLimit: 10_000, rateLimit: 2 },
      resolveSession: async (token) => ({ sessionId: token, actor: { ...person, id: `usr_${token[0]}` } }),
    })
    const ask = async (session: string, address: string) =>
      (await get('/api/agents', { cookie: `entraide_session=${session}` }, address)).statusCode
    expect(await ask('a1', '192.0.2.1')).toBe(200)
    expect(await ask('a2', '192.0.2.2')).toBe(200)
    expect(await ask('a3', '192.0.2.3')).toBe(429)
    expect(await ask('b1', '192.0.2.1')).toBe(200)
  })

  it('count what is refused for want of a key too, so that keys cannot be guessed quickly', async () => {
    test = await buildTestApp(shared, [routes], { config: { bodyLimit: 10_000, rateLimit: 2 } })
    const guess = () => get('/api/agents', { authorization: `Bearer ent_${Math.random()}` })
    expect((await guess()).statusCode).toBe(401)
    expect((await guess()).statusCode).toBe(401)
    expect((await guess()).statusCode).toBe(429)
  })

  it('leave health, metrics and documentation alone', async () => {
    test = await buildTestApp(shared, [routes], { config: { bodyLimit: 10_000, rateLimit: 1 } })
    for (const url of ['/health/live', '/health/ready', '/metrics', '/api/openapi.json', '/api/docs']) {
      for (let i = 0; i < 3; i++) expect((await get(url)).statusCode).toBe(200)
    }
  })

  it('turn requests away while the process is behind, but not those that ask how it is', async () => {
    test = await buildTestApp(shared, [routes], { overload: { maxEventLoopDelayMs: 1e-9, sampleMs: 50 } })
    await vi.waitFor(async () => {
      const answer = await get('/api/open')
      expect(answer.json()).toMatchObject({ status: 503, code: 'OVERLOADED' })
      expect(answer.headers['retry-after']).toBe('5')
    })
    expect((await get('/health/live')).statusCode).toBe(200)
    expect((await get('/health/ready')).statusCode).toBe(200)
  })

  it('come with the headers that keep a browser from misusing an answer', async () => {
    test = await buildTestApp(shared, [routes])
    for (const url of ['/api/open', '/api/nothing', '/health/live']) {
      const { headers } = await get(url)
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      })
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })
})
