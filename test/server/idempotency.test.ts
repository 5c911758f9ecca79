import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/platform/database/open.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

describeEachDatabase.always('Idempotency-Key', (database, kind) => {
  let shared: TestDatabase
  let test: TestApp
  let agent: Awaited<ReturnType<TestApp['keyFor']>>
  let clock: ReturnType<typeof fakeClock>
  let begun: number
  let fail: (() => void) | undefined
  let meanwhile: (() => Promise<void>) | undefined

  /** Counts what was really done, in the database. */
  const routes = ({ db }: Pick<TestDatabase, 'db'>): FastifyPluginAsyncTypebox => {
    return async (app) => {
      const count = async (name: string) => {
        begun++
        const [row] = await db
          .sql('sequences')
          .insert({ name, value: 1 })
          .onConflict('name')
          .merge({ value: db.sql.raw('sequences.value + 1') } as never)
          .returning('value')
        await meanwhile?.()
        fail?.()
        return Number(row.value)
      }
      const Counted = Type.Object({ count: Type.Integer(), name: Type.String() })
      const schema = {
        body: Type.Object({ name: Type.String() }, { additionalProperties: false }),
        response: { 200: Counted, 201: Counted },
      }
      const allow = ['agent'] as const
      app.post('/returned', { config: { allow }, schema }, async ({ body }) => ({
        count: await count(body.name),
        name: body.name,
        secret: 'dropped by the schema',
      }))
      app.post('/sent', { config: { allow }, schema }, async ({ body }, reply) =>
        reply
          .code(201)
          .header('etag', '"7"')
          .header('location', `/api/things/${body.name}`)
          .send({ count: await count(body.name), name: body.name }),
      )
      app.post('/sent/:id', { config: { allow } }, async ({ params }, reply) => {
        await count((params as { id: string }).id)
        return reply.code(204).send()
      })
      app.post('/text', { config: { allow } }, async (_request, reply) => {
        reply.type('text/csv')
        return `a;${await count('text')}`
      })
      app.post('/refused', { config: { allow } }, async (_request, reply) => {
        await count('refused')
        return reply.code(409).send({ no: true })
      })
      app.post('/unserialisable', { config: { allow } }, async () => {
        await count('unserialisable')
        return { big: 1n }
      })
      app.post('/open', { config: { allow: 'anyone' } }, async () => ({ count: await count('open') }))
      app.post('/free', { config: { allow, idempotent: false } }, async () => ({
        count: await count('free'),
      }))
    }
  }

  beforeAll(async () => {
    shared = await database()
  })
  beforeEach(async () => {
    for (const table of ['sequences', 'idempotency_keys', 'api_keys']) await shared.db.sql(table).delete()
    begun = 0
    fail = undefined
    meanwhile = undefined
    clock = fakeClock('2026-01-01T00:00:00.000Z')
    test = await buildTestApp(shared, [routes(shared)], { clock })
    agent = await test.keyFor('agent')
  })
  afterEach(() => test.app.close())

  const post = (path: string, key?: string, payload: object = { name: 'a' }, by = agent, on = test) =>
    on.app.inject({
      method: 'POST',
      url: `/api${path}`,
      headers: { ...by.headers, ...(key === undefined ? {} : { 'idempotency-key': key }) },
      payload,
    })
  const done = async (name: string) =>
    Number((await shared.db.sql('sequences').where({ name }).first())?.value ?? 0)

  for (const path of ['/returned', '/sent']) {
    it(`answers a repeated request as the first time and does nothing again (${path})`, async () => {
      const first = await post(path, 'k')
      const again = await post(path, 'k')
      expect(first.json()).toEqual({ count: 1, name: 'a' })
      expect(first.headers['idempotent-replayed']).toBeUndefined()
      expect(again.headers['idempotent-replayed']).toBe('true')
      expect(again.rawPayload).toEqual(first.rawPayload)
      expect(again.statusCode).toBe(first.statusCode)
      for (const header of ['content-type', 'etag', 'location'])
        expect(again.headers[header]).toBe(first.headers[header])
      expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
      expect(await done('a')).toBe(1)
    })
  }

  it('answers as it would have without a key', async () => {
    for (const path of ['/returned', '/sent', '/sent/x', '/text']) {
      const with_ = await post(path, 'k', { name: 'with' })
      const without = await post(path, undefined, { name: 'with' })
      expect(with_.statusCode).toBe(without.statusCode)
      expect(with_.headers['content-type']).toBe(without.headers['content-type'])
      expect(with_.body.replace(/\d+/, 'n')).toBe(without.body.replace(/\d+/, 'n'))
      expect((await post(path, 'k', { name: 'with' })).body).toBe(with_.body)
      await shared.db.sql('idempotency_keys').delete()
    }
  })

  it('belongs to one request: another with the same key is refused', async () => {
    await post('/returned', 'k')
    for (const [path, body] of [
      ['/returned', { name: 'b' }],
      ['/sent', { name: 'a' }],
      ['/returned?x=1', { name: 'a' }],
    ] as const)
      expect((await post(path, 'k', body)).json()).toMatchObject({
        status: 422,
        code: 'IDEMPOTENCY_KEY_REUSED',
      })
    expect(await done('b')).toBe(0)
    expect((await post('/returned', 'k2', { name: 'b' })).statusCode).toBe(200)
  })

  it('belongs to one caller', async () => {
    const other = await test.keyFor('agent')
    await post('/returned', 'k')
    expect((await post('/returned', 'k', { name: 'a' }, other)).json()).toEqual({ count: 2, name: 'a' })
  })

  it('makes one effect of two requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => post('/sent', 'k')))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(6).fill(201))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(5)
    expect(await done('a')).toBe(1)
    expect(begun).toBe(1)
  })

  it('makes one effect of two requests at once in two processes', async () => {
    const rival = openDatabase(shared)
    const other = await buildTestApp({ db: rival }, [routes({ db: rival })], { clock })
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => post('/sent', 'k', { name: 'a' }, agent, i % 2 ? test : other)),
    )
    await other.app.close()
    await rival.close()
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(await done('a')).toBe(1)
  })

  if (kind.name === 'PostgreSQL')
    it('does not wait forever for the first request', async () => {
      let finish = () => {}
      const held = new Promise<void>((resolve) => {
        finish = resolve
      })
      meanwhile = () => held
      const first = post('/sent', 'k')
      while (begun === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      const second = await post('/sent', 'k')
      expect(second.json()).toMatchObject({ status: 409, code: 'IDEMPOTENCY_IN_PROGRESS' })
      finish()
      expect((await first).statusCode).toBe(201)
      expect((await post('/sent', 'k')).headers['idempotent-replayed']).toBe('true')
      expect(await done('a')).toBe(1)
    })

  it('keeps effect and answer together: when the handler fails, neither is there and a retry is the first', async () => {
    fail = () => {
      throw new Error('after the write')
    }
    expect((await post('/sent', 'k')).statusCode).toBe(500)
    expect(await done('a')).toBe(0)
    expect(await shared.db.sql('idempotency_keys')).toEqual([])
    fail = undefined
    expect((await post('/sent', 'k')).json()).toEqual({ count: 1, name: 'a' })
  })

  it('keeps effect and answer together: what cannot be written down as an answer is not done', async () => {
    expect((await post('/unserialisable', 'k')).statusCode).toBe(500)
    expect(await done('unserialisable')).toBe(0)
  })

  it('keeps effect and answer together: an answer that never left is given to the retry', async () => {
    const lost: FastifyPluginAsyncTypebox = async (app) => {
      app.addHook('onSend', async (_request, reply) => {
        if (reply.getHeader('idempotent-replayed') === undefined) throw new Error('the cable was cut')
      })
      await app.register(routes(shared))
    }
    const cut = await buildTestApp(shared, [lost], { clock })
    const send = () => post('/sent', 'k', { name: 'a' }, agent, cut)
    await send().catch(() => undefined)
    expect(await done('a')).toBe(1)
    const again = await send()
    expect(again.statusCode).toBe(201)
    expect(again.json()).toEqual({ count: 1, name: 'a' })
    expect(await done('a')).toBe(1)
    await cut.app.close()
  })

  it('answers only what is committed', async () => {
    const { transaction } = shared.db
    const failing = {
      ...shared.db,
      get sql() {
        return shared.db.sql
      },
      transaction: <T>(work: () => Promise<T>): Promise<T> =>
        transaction(async () => {
          await work()
          throw new Error('the disk is full')
        }),
    }
    const full = await buildTestApp({ db: failing }, [routes({ db: failing })], { clock }).catch((e) => e)
    const answer = await post('/sent', 'k', { name: 'a' }, agent, full)
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' })
    expect(answer.headers.location).toBeUndefined()
    expect(await done('a')).toBe(0)
    await full.app.close()
  })

  it('does not remember refusals', async () => {
    for (const count of [1, 2]) {
      const answer = await post('/refused', 'k')
      expect(answer.statusCode).toBe(409)
      expect(answer.headers['idempotent-replayed']).toBeUndefined()
      expect(await done('refused')).toBe(count)
    }
    expect((await post('/returned', 'k2', { wrong: 1 })).statusCode).toBe(400)
    expect((await post('/returned', 'k2')).statusCode).toBe(200)
  })

  it('is forgotten after a day, together with others as old', async () => {
    for (const key of ['k', 'l', 'm']) await post('/returned', key)
    clock.advance(24 * 3_600_000 - 1)
    expect((await post('/returned', 'k')).headers['idempotent-replayed']).toBe('true')
    clock.advance(2)
    expect((await post('/returned', 'k')).json()).toEqual({ count: 4, name: 'a' })
    expect(await shared.db.sql('idempotency_keys').pluck('key')).toEqual(['k'])
  })

  it('is one to 200 printable characters', async () => {
    for (const key of [' ', 'x'.repeat(201), 'é'])
      expect((await post('/returned', key)).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' })
    expect((await post('/returned', 'x'.repeat(200))).statusCode).toBe(200)
  })

  it('is refused without an API key, where nobody could be told from another', async () => {
    const sent = await post('/open', 'k', {}, { id: '', headers: {} as never })
    expect(sent.json()).toMatchObject({ status: 400, code: 'IDEMPOTENCY_NOT_OFFERED' })
    expect(begun).toBe(0)
  })

  it('changes nothing where a route does not take it', async () => {
    expect((await post('/free', 'k')).json()).toEqual({ count: 1 })
    expect((await post('/free', 'k')).json()).toEqual({ count: 2 })
  })

  it('is no way round a revocation', async () => {
    await post('/returned', 'k')
    const admin = await test.keyFor('admin')
    await test.app.inject({ method: 'DELETE', url: `/api/keys/${agent.id}`, headers: admin.headers })
    expect((await post('/returned', 'k')).json()).toMatchObject({ status: 401, code: 'KEY_INVALID' })
  })
})
