import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { expect, it } from 'vitest'
import { createLog } from '../../src/server/log.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp } from './test-app.ts'

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/things/:id', { config: { allow: 'anyone' } }, async ({ params }) => params)
  app.post('/things', { config: { allow: ['agent'] } }, async () => ({ fine: true }))
}

describeEachDatabase('the request log', (database) => {
  it('has one line a request, with nothing personal in it', async () => {
    const { app, keyFor, lines } = await buildTestApp(await database(), [routes])
    const { id, headers } = await keyFor('agent')
    await app.inject({
      method: 'POST',
      url: '/api/things?q=ma+facture+de+jean',
      headers: { ...headers, 'user-agent': 'jean-phone' },
      payload: { title: 'je suis jean' },
      remoteAddress: '203.0.113.7',
    })
    await app.inject({ url: '/api/things/jean.dupont@example.org', remoteAddress: '203.0.113.7' })
    await app.inject({ url: '/jean/dupont', remoteAddress: '203.0.113.7' })
    await app.inject({ url: '/api/things/%ffjean' })
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestId: expect.stringMatching(/^req_/),
        method: 'POST',
        route: '/api/things',
        status: 200,
        durationMs: expect.any(Number),
        actor: id,
        msg: 'request',
      },
      expect.objectContaining({ route: '/api/things/:id', status: 200, actor: 'anonymous' }),
      expect.objectContaining({ route: 'unmatched', status: 404 }),
      expect.objectContaining({ route: 'unmatched', code: 'FST_ERR_BAD_URL' }),
    ])
    const text = JSON.stringify(lines())
    for (const secret of ['jean', '203.0.113.7', headers.authorization.slice(7), 'agent 1'])
      expect(text).not.toContain(secret)
    await app.close()
  })

  it('warns once of a proxy that is not trusted', async () => {
    const warnings = async (trustedProxies: readonly string[]) => {
      const config = { bodyLimit: 1_048_576, rateLimit: 6000, trustedProxies }
      const { app, lines } = await buildTestApp(await database(), [routes], { config })
      for (let i = 0; i < 3; i++)
        await app.inject({ url: '/api/things/1', headers: { 'x-forwarded-for': '203.0.113.7' } })
      await app.close()
      return lines().filter(({ level }) => level === 'warn')
    }
    expect(await warnings([])).toMatchObject([{ msg: expect.stringContaining('ENTRAIDE_TRUSTED_PROXIES') }])
    expect(await warnings(['127.0.0.1'])).toEqual([])
  })

  it('goes by the request id of a proxy when that is sane', async () => {
    const { app, lines } = await buildTestApp(await database(), [routes])
    const ask = async (given: string) =>
      (await app.inject({ url: '/api/things/1', headers: { 'x-request-id': given } })).headers['x-request-id']
    for (const sane of ['abc-123', '7f3c0e9a:1', 'Root.1_2']) expect(await ask(sane)).toBe(sane)
    for (const insane of ['', 'a b', 'jean@example.org', '{"a":1}', 'x'.repeat(65), '-x'])
      expect(await ask(insane)).toMatch(/^req_/)
    expect(lines()[0]).toMatchObject({ requestId: 'abc-123' })
    await app.close()
  })
})

it('the log keeps message, code, stack and cause of an error, and nothing a driver hung on it', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info' }, { write: (line) => lines.push(line) })
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (name)=(jean)' })
  log.error({ err: new Error('not stored', { cause }) }, 'failed')
  log.debug('unseen')
  const { time, ...line } = JSON.parse(lines.join(''))
  expect(new Date(time).toISOString()).toBe(time)
  expect(line).toMatchObject({
    level: 'error',
    msg: 'failed',
    err: { type: 'Error', message: 'not stored', cause: { code: '23505', message: 'duplicate key' } },
  })
  expect(lines.join('')).not.toContain('jean')
})

it('keeps what an error quotes of people out of the log', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info' }, { write: (line) => void lines.push(line) })
  const cause = new Error('duplicate key: 06 39 98 12 34')
  log.error({ err: new Error('cannot send to jeanne@exemple.fr', { cause }) }, 'job failed')
  log.error({ err: 'no jeanne@exemple.fr here' }, 'something thrown that is no error')
  const text = lines.join('')
  expect(text).toContain('cannot send to {e-mail}')
  expect(text).toContain('duplicate key: {phone}')
  expect(text).toContain('no {e-mail} here')
  expect(text).not.toMatch(/jeanne|06 39/)
})
