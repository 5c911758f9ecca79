import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exceedsJsonBounds } from '../../src/platform/json-bounds.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const routes: FastifyPluginAsyncTypebox = async (app) => {
  const config = { allow: ['agent'] } as const
  const closed = Type.Object({ body: Type.String() }, { additionalProperties: false })
  app.post('/any', { config, schema: { body: Type.Object({ body: Type.Unknown() }) } }, async () => ({
    fine: true,
  }))
  app.post('/closed', { config, schema: { body: closed } }, async () => ({ fine: true }))
}

describeEachDatabase('a JSON body', (database) => {
  let test: TestApp
  let headers: Record<string, string>
  beforeAll(async () => {
    test = await buildTestApp(await database(), [routes])
    headers = { ...(await test.keyFor('agent')).headers, 'content-type': 'application/json' }
  })
  afterAll(() => test.app.close())

  const post = (path: string, payload: string, more: Record<string, string> = {}) =>
    test.app.inject({ method: 'POST', url: `/api${path}`, headers: { ...headers, ...more }, payload })
  const nested = (levels: number) => `{"body":${'['.repeat(levels)}${']'.repeat(levels)}}`

  it('that is nested too deep is refused, with and without an Idempotency-Key', async () => {
    const senders: Record<string, string>[] = [{}, { 'idempotency-key': 'deep' }]
    for (const more of senders) {
      const answer = await post('/any', nested(50_000), more)
      expect(answer.json()).toMatchObject({ status: 400, code: 'BODY_TOO_COMPLEX' })
      expect((await post('/any', nested(90), more)).statusCode).toBe(200)
    }
  })

  it('of 90,000 unknown fields is refused before it is validated', async () => {
    const fields = Array.from({ length: 90_000 }, (_, i) => `"k${i}":1`).join(',')
    const answer = await post('/closed', `{"body":"x",${fields}}`)
    expect(answer.json()).toMatchObject({ status: 400, code: 'BODY_TOO_COMPLEX' })
    const few = Array.from({ length: 900 }, (_, i) => `"k${i}":1`).join(',')
    expect((await post('/closed', `{"body":"x",${few}}`)).json().code).toBe('VALIDATION_FAILED')
  })
})

describe('the bounds of a JSON text', () => {
  it('count neither brackets nor colons within strings', () => {
    const text = JSON.stringify({ body: `${'[{:"\\'.repeat(20_000)}` })
    expect(exceedsJsonBounds(text)).toBe(false)
  })

  it('hold for what is no JSON at all', () => {
    expect(exceedsJsonBounds(`"${'x'.repeat(500)}`)).toBe(false)
    expect(exceedsJsonBounds(']'.repeat(500))).toBe(false)
    expect(exceedsJsonBounds('['.repeat(500))).toBe(true)
  })
})
