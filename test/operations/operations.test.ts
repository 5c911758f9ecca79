import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLine } from '../../src/access/actor.ts'
import { createApp } from '../../src/app.ts'
import { migrations } from '../../src/migrations.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { keyOf } from '../support/keys.ts'

describeEachDatabase.always('for those who run the service', (database) => {
  let address: TestDatabase
  let app: Awaited<ReturnType<typeof createApp>>
  let url: string
  let admin: string
  let manager: string

  beforeAll(async () => {
    address = await database()
    app = await createApp(
      readConfig({
        ENTRAIDE_HOME: address.home,
        ENTRAIDE_LOG_LEVEL: 'silent',
        ENTRAIDE_IDENTIFIER_PATTERNS: 'order-number=CMD-######',
        PORT: '0',
        ...(address.databaseUrl && { DATABASE_URL: address.databaseUrl }),
      }),
    )
    const serving = await app.serve()
    url = serving.url
    closing = () => serving.close()
    admin = (await keyOf(address, 'admin')).token
    manager = (await keyOf(address, 'knowledge-manager')).token
  })
  let closing: () => Promise<void>
  afterAll(async () => {
    await closing()
    await app.close()
  })

  async function call(
    method: string,
    path: string,
    { key = admin, body }: { key?: string; body?: object } = {},
  ) {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  const enqueue = (type: string, status: string, bulk = false) =>
    address.db.sql('jobs').insert({
      id: `job_${type}_${status}`,
      type,
      payload: '{"facet":"category"}',
      status,
      run_at: '2026-01-01T00:00:00.000Z',
      attempts: status === 'dead' ? 8 : 0,
      error: status === 'dead' ? 'Error: no' : null,
      created_at: '2026-01-01T00:00:00.000Z',
      bulk,
    })

  it('lists failed jobs, retries and discards them, and keeps who did', async () => {
    for (const type of ['a.one', 'a.two', 'b.one']) await enqueue(type, 'dead')
    await enqueue('a.one', 'queued')
    const first = await call('GET', '/jobs?limit=2')
    expect(first.body.items).toMatchObject([
      {
        id: 'job_b.one_dead',
        state: 'failed',
        attempts: 8,
        error: 'Error: no',
        payload: { facet: 'category' },
      },
      { id: 'job_a.two_dead' },
    ])
    const rest = await call('GET', `/jobs?limit=2&cursor=${first.body.next}`)
    expect(rest.body.items.map(({ id }: { id: string }) => id)).toEqual(['job_a.one_dead'])
    expect((await call('GET', '/jobs?state=queued&type=a.one')).body.items).toHaveLength(1)
    expect(await call('POST', '/jobs/job_a.one_dead/retry')).toMatchObject({ status: 202 })
    expect((await call('DELETE', '/jobs/job_b.one_dead')).status).toBe(204)
    expect((await call('DELETE', '/jobs/job_b.one_dead')).body.code).toBe('JOB_NOT_FOUND')
    expect((await call('POST', '/jobs/retry', { body: { type: 'a.two' } })).body).toEqual({ retried: 1 })
    expect((await call('POST', '/jobs/retry', { body: {} })).body).toEqual({ retried: 0 })
    expect((await call('GET', '/jobs')).body).toEqual({ items: [] })
    const actions = (await call('GET', '/audit')).body.items.map(({ action }: { action: string }) => action)
    expect(actions).toEqual(expect.arrayContaining(['job.retried', 'job.discarded', 'jobs.retried']))
    expect((await call('GET', '/jobs', { key: manager })).status).toBe(403)
    const { token: outsider } = await app.access.createKey({
      name: 'partner administrator',
      roles: ['admin'],
      audience: 'partner',
      actor: commandLine,
    })
    for (const path of ['/jobs', '/system'])
      expect((await call('GET', path, { key: outsider })).body.code).toBe('OPERATIONS_INTERNAL_ONLY')
  })

  it('tells versions, the schema, the queues and how fresh search is', async () => {
    await address.db.sql('jobs').delete()
    await enqueue('people.wait', 'queued')
    await enqueue('models.train', 'queued')
    await enqueue('people.caused', 'dead', true)
    const { body } = await call('GET', '/system')
    expect(body).toMatchObject({
      version: expect.stringMatching(/^\d/),
      node: process.version,
      database: { dialect: address.db.dialect, version: expect.stringMatching(/^\d+\.\d+/) },
      schema: { applied: migrations.length, expected: migrations.length, last: migrations.at(-1)!.name },
      queues: {
        people: { queued: 1, running: 0, failed: 0, oldestDueAt: '2026-01-01T00:00:00.000Z' },
        bulk: { queued: 1, failed: 1 },
      },
      search: { changes: expect.any(Number), indexed: expect.any(Number) },
      identifiers: [{ kind: 'order-number', pattern: 'CMD-######' }],
    })
    expect((await call('GET', '/system', { key: manager })).status).toBe(403)
  })

  it('lists sources with their last import and webhooks, and counts threads apart', async () => {
    const secret = { path: '/sources/forum/webhooks/discourse/secrets', body: { audience: 'internal' } }
    expect((await call('POST', secret.path, { body: secret.body })).status).toBe(201)
    const { items } = (await call('GET', '/sources', { key: manager })).body
    expect(items).toMatchObject([
      { name: 'forum', webhooks: ['discourse'], deliveries: { waiting: 0, failed: 0 } },
    ])
    expect(items[0]).not.toHaveProperty('lastImport')
    await address.db.sql('imports').insert({
      id: 'imp_1',
      source_id: (await address.db.sql('sources').first('id')).id,
      format: 'ndjson',
      status: 'completed',
      origin: 'upload',
      attempts: 1,
      created_at: '2026-01-01T00:00:00.000Z',
      progress_at: '2026-01-01T00:00:00.000Z',
      finished_at: '2026-01-01T00:00:00.000Z',
    })
    expect((await call('GET', '/sources', { key: manager })).body.items[0].lastImport).toEqual({
      id: 'imp_1',
      status: 'completed',
      finishedAt: '2026-01-01T00:00:00.000Z',
    })
    expect((await call('GET', '/sources/counts', { key: manager })).body).toEqual({ items: [] })
  })
})
