import { beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../src/migrations.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { migrateBack, migrateForward } from '../../src/platform/database/migrate.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { createJobStore } from '../../src/platform/jobs/job-store.ts'
import { jobMetrics } from '../../src/server/metrics.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { buildTestApp } from './test-app.ts'

describeEachDatabase('health and metrics', (database, kind) => {
  let shared: TestDatabase
  beforeAll(async () => {
    shared = await database()
  })

  it('are there without a key', async () => {
    const { app } = await buildTestApp(shared)
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/health/ready')).json()).toEqual({
      status: 'ready',
      checks: [
        { name: 'serving', ok: true },
        { name: 'database', ok: true },
        { name: 'schema', ok: true },
      ],
    })
    await app.close()
  })

  it('name what keeps the process from its work, and nothing else about it', async () => {
    const { app, lines } = await buildTestApp(shared, [], {
      readiness: [
        { name: 'search', check: async () => Promise.reject(new Error('/srv/secret is missing')) },
        { name: 'models', check: async () => undefined },
      ],
    })
    const answer = await app.inject('/health/ready')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ status: 'unavailable' })
    expect(answer.json().checks).toContainEqual({ name: 'search', ok: false, reason: 'FAILED' })
    expect(answer.json().checks).toContainEqual({ name: 'models', ok: true })
    expect(answer.body).not.toContain('secret')
    expect(JSON.stringify(lines())).toContain('/srv/secret is missing')
    expect((await app.inject('/health/live')).statusCode).toBe(200)
    await app.close()
  })

  it('do not wait for a check that never ends', async () => {
    const { app } = await buildTestApp(shared, [], {
      readiness: [{ name: 'stuck', check: () => new Promise(() => undefined) }],
    })
    const answer = await app.inject('/health/ready')
    expect(answer.json().checks).toContainEqual({ name: 'stuck', ok: false, reason: 'TIMED_OUT' })
    await app.close()
  })

  it('tell a schema that is behind from one that is current', async () => {
    const { db } = await database()
    const { app } = await buildTestApp({ db })
    await migrateBack(db, migrations, 1)
    const behind = await app.inject('/health/ready')
    expect(behind.statusCode).toBe(503)
    expect(behind.json().checks).toContainEqual({ name: 'schema', ok: false, reason: 'SCHEMA_BEHIND' })
    await migrateForward(db, migrations)
    expect((await app.inject('/health/ready')).statusCode).toBe(200)
    await app.close()
  })

  it('tell a database that does not answer', async () => {
    const { db } = await database()
    const { app } = await buildTestApp({ db })
    const broken = await buildTestApp({
      db: {
        ...db,
        get sql(): never {
          throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' })
        },
      },
    })
    const answer = await broken.app.inject('/health/ready')
    expect(answer.statusCode).toBe(503)
    expect(answer.json().checks).toContainEqual({ name: 'database', ok: false, reason: 'ECONNREFUSED' })
    expect(answer.body).not.toContain('10.0.0.7')
    await app.close()
    await broken.app.close()
  })

  describe('metrics', () => {
    it('show the process, HTTP by route, jobs, outbox, and what other parts tell', async () => {
      const jobs = createJobStore(shared.db, systemClock, () => undefined)
      await jobs.enqueue({ type: 'a' })
      await createOutbox(shared.db, systemClock, () => undefined).append({
        type: 'source.changed',
        sourceId: 'src',
      })
      const { app } = await buildTestApp(shared, [], {
        metrics: [
          ...jobMetrics(shared.db, jobs),
          {
            name: 'entraide_active_models',
            help: 'Active models by facet',
            labels: ['facet'],
            read: async () => [{ labels: { facet: 'category' }, value: 1 }],
          },
        ],
      })
      await app.inject('/api/keys/someone?q=secret')
      await app.inject('/health/live')
      const answer = await app.inject('/metrics')
      expect(answer.headers['content-type']).toContain('text/plain')
      for (const line of [
        'entraide_jobs{state="queued"} 1',
        'entraide_jobs{state="dead"} 0',
        'entraide_outbox_events 1',
        'entraide_active_models{facet="category"} 1',
        'http_request_duration_seconds_count{method="GET",route="/health/live",status="200"} 1',
        'http_request_duration_seconds_count{method="GET",route="unmatched",status="405"} 1',
      ])
        expect(answer.body.split('\n')).toContain(line)
      expect(answer.body).toContain('process_resident_memory_bytes')
      expect(answer.body).not.toContain('secret')
      await app.close()
    })

    it('leave out a figure that cannot be had, and go on with the rest', async () => {
      const { app, lines } = await buildTestApp(shared, [], {
        metrics: [
          { name: 'entraide_broken', help: 'Fails', read: async () => Promise.reject(new Error('no')) },
          { name: 'entraide_fine', help: 'Works', read: async () => [{ value: 7 }] },
        ],
      })
      const { body, statusCode } = await app.inject('/metrics')
      expect(statusCode).toBe(200)
      expect(body).toContain('entraide_fine 7')
      expect(body).not.toMatch(/^entraide_broken /m)
      expect(lines()).toContainEqual(expect.objectContaining({ metric: 'entraide_broken', level: 'warn' }))
      await app.close()
    })

    it('are each application’s own', async () => {
      const [one, other] = [await buildTestApp(shared), await buildTestApp(shared)]
      await one.app.inject('/health/live')
      expect((await other.app.inject('/metrics')).body).not.toContain('route="/health/live"')
      await one.app.close()
      await other.app.close()
    })
  })

  it(`stay within a moment of the database (${kind.name})`, async () => {
    const { app } = await buildTestApp(shared)
    const start = performance.now()
    for (let i = 0; i < 20; i++) await app.inject('/health/ready')
    expect((performance.now() - start) / 20).toBeLessThan(200)
    await app.close()
  })
})
