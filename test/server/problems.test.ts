import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CodedError } from '../../src/platform/errors.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

const Body = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 10 }),
    urgency: Type.Optional(Type.Union([Type.Literal('high'), Type.Literal('low')])),
    audience: Type.Optional(Type.Enum(['internal', 'public'])),
    tags: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
    when: Type.Optional(
      Type.Union([
        Type.Object({ below: Type.Number() }, { additionalProperties: false }),
        Type.Object({ is: Type.String(), not: Type.Boolean() }, { additionalProperties: false }),
      ]),
    ),
    priority: Type.Integer({ default: 3 }),
  },
  { additionalProperties: false },
)

const SECRET = 'jean.dupont@example.org'

describeEachDatabase('problems', (database) => {
  let test: TestApp
  beforeAll(async () => {
    const shared = await database()
    const routes: FastifyPluginAsyncTypebox = async (app) => {
      const config = { allow: 'anyone' } as const
      app.post('/things', { config, schema: { body: Body } }, async ({ body }) => body)
      app.post('/options', { config, schema: { body: Type.Partial(Body) } }, async ({ body }) => ({ body }))
      app.get(
        '/things/:id',
        {
          config,
          schema: {
            params: Type.Object({ id: Type.String() }),
            querystring: Type.Object({
              limit: Type.Integer({ minimum: 1, maximum: 9, default: 5 }),
              share: Type.Optional(Type.Number()),
              all: Type.Optional(Type.Boolean()),
              label: Type.Optional(Type.Array(Type.String())),
            }),
          },
        },
        async ({ params, query }) => {
          const rows = await shared.db.sql('sequences').where({ name: params.id })
          return { id: params.id, found: rows.length, query }
        },
      )
      app.get('/coded', { config }, async () => {
        throw new CodedError('THING_GONE', 410, 'Thing 7 is gone', {
          errors: [{ where: 'thing', message: 'is gone' }],
        })
      })
      app.get('/ours', { config }, async () => {
        throw new CodedError('DATABASE_UNREADABLE', 500, `/srv/${SECRET}.db cannot be opened`)
      })
      app.get('/thrown', { config }, async () => {
        throw Object.assign(new Error('no such row'), { detail: SECRET, parameters: [SECRET] })
      })
      app.get('/nonsense', { config }, async () => {
        throw undefined
      })
      app.get('/query', { config }, async () => shared.db.sql('no_such_table').where({ a: 1 }))
    }
    test = await buildTestApp(shared, [routes])
  })
  afterAll(() => test.app.close())

  const post = (payload: string | object | Buffer, contentType = 'application/json', path = '/things') =>
    test.app.inject({
      method: 'POST',
      url: `/api${path}`,
      headers: { 'content-type': contentType },
      payload: payload as string,
    })
  const get = (path: string) => test.app.inject({ url: `/api${path}` })
  const faults = async (payload: object) => (await post(payload)).json().errors

  it('say what is wrong where, every fault at once, and never what was sent', async () => {
    const answer = await post({
      urgency: SECRET,
      priority: '5',
      [SECRET]: 1,
      audience: 'x',
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toMatchObject({ title: 'Bad Request', status: 400, code: 'VALIDATION_FAILED' })
    const byPlace = Object.fromEntries(
      answer.json().errors.map((fault: { where: string; message: string }) => [fault.where, fault.message]),
    )
    expect(byPlace).toEqual({
      'body/title': 'is required',
      [`body/${SECRET}`]: 'is not a known field',
      'body/urgency': 'must be "high" or "low"',
      'body/audience': 'must be "internal" or "public"',
      'body/priority': 'must be integer',
    })
  })

  it('of a choice of shapes tell what is wrong with the closest', async () => {
    expect(await faults({ title: 'a', when: { below: 'x' } })).toEqual([
      { where: 'body/when/below', message: 'must be number' },
    ])
    expect(await faults({ title: 'a', when: { is: 'x' } })).toEqual([
      { where: 'body/when/not', message: 'is required' },
    ])
  })

  it('do not come up where a body is as it should be, with defaults filled in', async () => {
    expect((await post({ title: 'a' })).json()).toEqual({ title: 'a', priority: 3 })
    expect((await post('', 'application/json', '/options')).json()).toEqual({ body: { priority: 3 } })
    const bare = await test.app.inject({ method: 'POST', url: '/api/options' })
    expect(bare.json()).toEqual({ body: { priority: 3 } })
  })

  it('ask for a body where one is needed', async () => {
    for (const answer of [await post(''), await test.app.inject({ method: 'POST', url: '/api/things' })])
      expect(answer.json()).toMatchObject({
        status: 400,
        code: 'VALIDATION_FAILED',
        errors: [{ where: 'body' }],
      })
    for (const value of ['null', '[]', '"text"', '7'])
      expect((await post(value)).json()).toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  it('name malformed JSON, and bytes that are not UTF-8', async () => {
    for (const text of [
      '{"title":',
      '{title: 1}',
      '{"title":"a"} {}',
      '\u0000',
      '{"__proto__":{"admin":true}}',
    ])
      expect((await post(text)).json()).toMatchObject({ status: 400, code: 'BODY_MALFORMED' })
    const latin1 = Buffer.from('{"title":"été"}', 'latin1')
    expect((await post(latin1)).json()).toMatchObject({ status: 400, code: 'BODY_MALFORMED' })
    expect((await post({ title: 'été 🎉' })).json()).toMatchObject({ title: 'été 🎉' })
  })

  it('name the character that one of the databases cannot keep', async () => {
    const refused = await post('{"title":"a\\u0000b"}')
    expect(refused.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ where: 'body/title' }] })
    expect((await post('{"title":"a\\\\u0000b"}')).json()).toMatchObject({ title: 'a\\u0000b' })
    for (const path of ['/things/%00', '/things/a%00b', '/things/a?label=%00'])
      expect((await get(path)).json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' })
  })

  it('do not come up for half an emoji, which is replaced', async () => {
    const titles = ['a\\ud83d', '\\udd25a', '\\ud83d\\ud83d\\udd25', '\\\\ud83d', '\\uD83D\\uDD25']
    const read = titles.map(async (title) => (await post(`{"title":"${title}"}`)).json().title)
    expect(await Promise.all(read)).toEqual(['a\ufffd', '\ufffda', '\ufffd🔥', '\\ud83d', '🔥'])
  })

  it('name a body that is nested too deep, however deep', async () => {
    const deep = (depth: number) => `${'['.repeat(depth)}"\\u0000"${']'.repeat(depth)}`
    for (const depth of [100, 100_000])
      expect((await post(`{"title":"a","priority":${deep(depth)}}`)).json()).toMatchObject({
        status: 400,
        code: 'BODY_TOO_COMPLEX',
      })
    expect((await post(`{"title":"a","priority":${deep(99)}}`)).json().code).toBe('VALIDATION_FAILED')
  })

  it('name a body that is too large, however it comes', async () => {
    const large = JSON.stringify({ title: 'x'.repeat(10_000_000) })
    expect((await post(large)).json()).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
      detail: 'The body is larger than 1048576 bytes',
    })
  })

  it('name a body of another type', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'nonsense'])
      expect((await post('title=a', type)).json()).toMatchObject({
        status: 415,
        code: 'MEDIA_TYPE_UNSUPPORTED',
      })
    expect((await post('{"title":"a"}', 'application/json; charset=utf-8')).statusCode).toBe(200)
  })

  it('name addresses where nothing is, or nothing for this method', async () => {
    expect((await get('/nothing')).json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    const elsewhere = await test.app.inject({ url: '/wp-admin/setup.php?x=1' })
    expect(elsewhere.json()).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' })
    const wrong = await test.app.inject({ method: 'DELETE', url: '/api/things/7?x=1' })
    expect(wrong.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
    expect(wrong.headers.allow).toBe('GET, HEAD')
  })

  it('name addresses that cannot be read', async () => {
    expect((await get('/things/%ff')).json()).toMatchObject({ status: 400, code: 'URL_MALFORMED' })
    expect((await get(`/things/${'x'.repeat(300)}`)).json()).toMatchObject({
      status: 414,
      code: 'URL_TOO_LONG',
    })
    expect((await get('/things/%ff')).headers['x-request-id']).toBeDefined()
  })

  it('do not come up for ids that are merely strange', async () => {
    const strange = [
      "'; drop table sequences; --",
      '..%2f..%2fetc',
      '%F0%9F%8E%89',
      '-1',
      'NaN',
      '%25',
      'a%20b',
    ]
    for (const id of strange) {
      const answer = await get(`/things/${id.includes('%') ? id : encodeURIComponent(id)}`)
      expect(answer.json()).toMatchObject({ id: decodeURIComponent(id), found: 0 })
    }
  })

  it('name query values of the wrong type, and take those of the right one', async () => {
    const answer = await get('/things/a?limit=7&share=0.5&all=true&label=x')
    expect(answer.json().query).toEqual({ limit: 7, share: 0.5, all: true, label: ['x'] })
    const odd = await get('/things/a?constructor=1&toString=2&__proto__=3&hasOwnProperty=4')
    expect(odd.statusCode).toBe(200)
    expect((await get('/things/a?label=x&label=y')).json().query).toEqual({ limit: 5, label: ['x', 'y'] })
    const wrong = [
      'limit=',
      'limit=1.5',
      'limit=0x5',
      'limit=10',
      'limit=1&limit=2',
      'all=yes',
      'share=NaN',
      'share=',
    ]
    for (const query of wrong) {
      const where = `querystring/${query.split('=')[0]}`
      expect((await get(`/things/a?${query}`)).json()).toMatchObject({
        code: 'VALIDATION_FAILED',
        errors: [{ where }],
      })
    }
  })

  it('pass on coded errors as they are', async () => {
    const answer = await get('/coded')
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Gone',
      status: 410,
      code: 'THING_GONE',
      detail: 'Thing 7 is gone',
      requestId: answer.headers['x-request-id'],
      errors: [{ where: 'thing', message: 'is gone' }],
    })
  })

  it('say nothing of what nobody foresaw, but leave it in the log under the request id', async () => {
    for (const path of ['/ours', '/thrown', '/nonsense', '/query']) {
      const answer = await get(path)
      const requestId = answer.headers['x-request-id']
      expect(answer.json()).toEqual({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        code: 'INTERNAL',
        detail: expect.not.stringContaining('srv'),
        requestId,
      })
      const logged = test.lines().filter((line) => line.requestId === requestId && line.level === 'error')
      expect(logged).toHaveLength(1)
    }
    const thrown = test.lines().find((line) => JSON.stringify(line).includes('no such row'))
    expect(thrown).toMatchObject({ err: { stack: expect.stringContaining('problems.test.ts') } })
    expect(JSON.stringify(thrown)).not.toContain(SECRET)
  })
})
