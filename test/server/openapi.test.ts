import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageOf } from '../../src/platform/page-schema.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { buildTestApp, type TestApp } from './test-app.ts'

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  security: object[]
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { required: boolean; content: Record<string, { schema: object; example?: unknown }> }
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object; example?: unknown }> }
  >
}

const Thing = Type.Object({ name: Type.String() }, { examples: [{ name: 'a thing' }] })

const routes: FastifyPluginAsyncTypebox = async (app) => {
  app.patch(
    '/things/:id',
    {
      config: { allow: ['agent'] },
      schema: {
        operationId: 'editThing',
        summary: 'Edit a thing',
        tags: ['things'],
        params: Type.Object({ id: Type.String({ description: 'Which' }) }),
        headers: Type.Object({ 'if-match': Type.Optional(Type.String()) }),
        body: Thing,
        response: { 200: Thing },
      },
    },
    async ({ body }) => body,
  )
  app.post(
    '/things',
    {
      config: { allow: ['agent'] },
      schema: {
        operationId: 'makeThing',
        summary: 'Make a thing',
        tags: ['things'],
        body: Type.Partial(Thing),
        response: { 201: Thing },
      },
    },
    async (_request, reply) => reply.code(201).send({ name: 'a' }),
  )
  app.get(
    '/things',
    {
      config: { allow: 'anyone' },
      schema: {
        operationId: 'listThings',
        summary: 'List things',
        tags: ['things'],
        querystring: Type.Object({ kind: Type.Optional(Type.Literal('good')) }),
        response: { 200: pageOf(Thing) },
      },
    },
    async () => ({ items: [] }),
  )
}

describeEachDatabase('the OpenAPI document', (database) => {
  let test: TestApp
  let document: {
    openapi: string
    info: { title: string; version: string; license: object }
    tags: { name: string }[]
    paths: Record<string, Record<string, Operation>>
    components: Record<string, Record<string, unknown>>
  }
  beforeAll(async () => {
    test = await buildTestApp(await database(), [routes])
    document = (await test.app.inject('/api/openapi.json')).json()
  })
  afterAll(() => test.app.close())

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
  const at = (method: string, path: string) => document.paths[path]?.[method] as Operation

  it('is OpenAPI 3.1 with title, version and licence', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({
      title: 'Entraide',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    })
  })

  it('describes every operation in full', () => {
    const ids = new Set<string>()
    for (const { path, method, operation } of operations()) {
      const name = `${method} ${path}`
      expect(['get', 'post', 'put', 'patch', 'delete'], name).toContain(method)
      expect(operation.operationId, name).toMatch(/^[a-z]\w+$/)
      expect(ids.has(operation.operationId), name).toBe(false)
      ids.add(operation.operationId)
      expect(operation.summary, name).toBeTruthy()
      expect(operation.tags.length, name).toBeGreaterThan(0)
      expect(Array.isArray(operation.security), name).toBe(true)
      expect(
        Object.keys(operation.responses).some((status) => /^2\d\d$/.test(status)),
        name,
      ).toBe(true)
      for (const response of Object.values(operation.responses)) {
        expect(response.description, name).toBeTruthy()
        expect(response.description, name).not.toBe('Default Response')
      }
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param)
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path').map((one) => one.name)
      expect(declared, name).toEqual(inPath)
    }
    expect([...ids]).toEqual(expect.arrayContaining(['createKey', 'listAuditEntries', 'live', 'metrics']))
    const tags = operations().flatMap(({ operation }) => operation.tags)
    expect(document.tags.map((tag) => tag.name).sort()).toEqual([...new Set(tags)].sort())
  })

  it('has a target for every reference', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref as string)
    expect(refs.length).toBeGreaterThan(0)
    for (const ref of refs) {
      const target = ref
        .slice(2)
        .split('/')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
      expect(target, ref).toBeDefined()
    }
  })

  it('tells which operations need a key, which take one, and which need none', () => {
    expect(at('post', '/api/things').security).toEqual([{ bearer: [] }, { session: [] }])
    expect(at('get', '/api/things').security).toEqual([{}, { bearer: [] }, { session: [] }])
    expect(at('get', '/health/live').security).toEqual([])
    expect(document.components.securitySchemes?.bearer).toMatchObject({ type: 'http', scheme: 'bearer' })
    expect(at('post', '/api/things')).toMatchObject({ 'x-roles': ['agent', 'admin'] })
  })

  it('tells the problems that an operation may answer with', () => {
    const problems = (method: string, path: string) =>
      Object.entries(at(method, path).responses)
        .filter(([, response]) => response.content?.['application/problem+json'] !== undefined)
        .map(([status]) => Number(status))
    expect(problems('patch', '/api/things/{id}')).toEqual([
      400, 401, 403, 404, 412, 413, 414, 415, 428, 429, 500, 503,
    ])
    expect(problems('post', '/api/things')).toEqual([400, 401, 403, 409, 413, 415, 422, 429, 500, 503])
    expect(problems('get', '/api/things')).toEqual([400, 401, 429, 500, 503])
    expect(problems('get', '/health/live')).toEqual([])
  })

  it('offers Idempotency-Key where it works', () => {
    const takesKey = (method: string, path: string) =>
      (at(method, path).parameters ?? []).some((one) => one.name === 'Idempotency-Key' && one.in === 'header')
    expect(takesKey('post', '/api/things')).toBe(true)
    expect(takesKey('patch', '/api/things/{id}')).toBe(false)
    expect(takesKey('post', '/api/keys')).toBe(false)
  })

  it('keeps examples, and says whether a body may be left out', () => {
    const edit = at('patch', '/api/things/{id}').requestBody
    expect(edit).toMatchObject({
      required: true,
      content: { 'application/json': { example: { name: 'a thing' } } },
    })
    expect(at('post', '/api/things').requestBody?.required).toBe(false)
    const listed = at('get', '/api/things').responses['200']?.content?.['application/json']
    expect(listed?.example).toEqual({ items: [{ name: 'a thing' }] })
    expect(at('post', '/api/keys').requestBody?.content['application/json']?.example).toBeDefined()
  })

  it('can be read and tried out on a page that loads nothing from elsewhere', async () => {
    const redirected = await test.app.inject('/api')
    expect(redirected.headers.location).toBe('/api/docs')
    const page = await test.app.inject('/api/docs')
    expect(page.headers['content-type']).toContain('text/html')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/https?:|upgrade-insecure-requests|unsafe-eval/)
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link as string)
    expect(links.length).toBeGreaterThan(4)
    for (const link of links) {
      expect(link).toMatch(/^\/api\/docs\//)
      expect((await test.app.inject(link)).statusCode, link).toBe(200)
    }
    const initialiser = await test.app.inject('/api/docs/static/swagger-initializer.js')
    expect(initialiser.body).toContain('"validatorUrl":null')
    expect((await test.app.inject('/api/docs/json')).json()).toEqual(document)
  })
})
