import { beforeAll, expect, it } from 'vitest'
import { createAuditLog } from '../../src/access/audit-log.ts'
import { createSourceStore } from '../../src/ingest/source-store.ts'
import { stableId } from '../../src/platform/ids.ts'
import { createOutbox } from '../../src/platform/jobs/events.ts'
import { curateRoutes } from '../../src/threads/merge-routes.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { threadRoutes } from '../../src/threads/routes.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import { answer, importDeps, importRecords, question, thread } from '../ingest/support.ts'
import { buildTestApp, type TestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

const thr = (externalId: string) => stableId('thr', 'forum', externalId)
const pst = (externalId: string) => stableId('pst', 'forum', externalId)

describeEachDatabase('merging and splitting over HTTP', (database) => {
  let test: TestApp
  beforeAll(async () => {
    const { db } = await database()
    const early = fakeClock('2025-12-20T00:00:00.000Z')
    const before = { ...importDeps(db), clock: early, audit: createAuditLog(db, early) }
    await importRecords(before, [
      thread('t1', { views: 100 }),
      question('q1', 't1'),
      answer('a1', 't1'),
      answer('a2', 't1', { body: 'Press **reset**. <img src=x onerror=alert(1)> <script>alert(2)</script>' }),
      thread('t2', { views: 7 }),
      question('q2', 't2'),
    ])
    await importRecords(importDeps(db), [
      thread('t1', { views: 140 }),
      answer('a1', 't1', { body: 'Edited since.' }),
    ])
    const clock = fakeClock('2026-01-19T12:00:00.000Z')
    const threads = createThreadStore(db)
    const deps = {
      db,
      clock,
      threads,
      audit: createAuditLog(db, clock),
      outbox: createOutbox(db, clock, () => undefined),
      sources: createSourceStore(db, clock),
      protections: createProtectionStore(db, clock),
    }
    test = await buildTestApp({ db }, [threadRoutes(deps), curateRoutes(deps)])
  })

  type Role = 'agent' | 'knowledge-manager' | 'supervisor' | 'router'
  async function call(method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, role: Role = 'agent') {
    const { headers } = await test.keyFor(role)
    const response = await test.app.inject({ method, url: `/api${url}`, headers, ...(body && { body }) })
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() }
  }

  it('shows what changed, page by page, and the views of a month where they are known', async () => {
    const changes = await call('GET', `/threads/${thr('t1')}/changes?limit=1`)
    expect(changes).toMatchObject({
      status: 200,
      body: { items: [{ postId: pst('a1'), what: 'edited', after: { body: 'Edited since.' } }] },
    })
    expect((await call('GET', `/threads/${thr('t1')}`)).body).toMatchObject({
      views: 140,
      viewsLast30Days: 39,
    })
    expect((await call('GET', `/threads/${thr('t2')}`)).body).not.toHaveProperty('viewsLast30Days')
    expect((await call('GET', `/threads/${thr('t1')}/changes`, undefined, 'router')).status).toBe(403)
  })

  it('renders posts as safe HTML where that is asked for', async () => {
    const plain = await call('GET', `/threads/${thr('t1')}`)
    expect(plain.body.posts.every((post: object) => !('html' in post))).toBe(true)
    const { body } = await call('GET', `/threads/${thr('t1')}?html=true`)
    const { html } = body.posts.find(({ id }: { id: string }) => id === pst('a2'))
    expect(html).toContain('Press <strong>reset</strong>.')
    expect(html).not.toMatch(/<(img|script)|onerror=/)
  })

  it('merges, shows where the thread went, and reverts the merge', async () => {
    const merged = await call('POST', `/threads/${thr('t2')}/merge`, { into: thr('t1') })
    expect(merged).toMatchObject({ status: 200, body: { id: thr('t2'), mergedInto: thr('t1') } })
    expect((await call('GET', `/threads/${thr('t2')}`)).body).toMatchObject({
      mergedInto: thr('t1'),
      posts: [],
    })
    const { posts } = (await call('GET', `/threads/${thr('t1')}`)).body
    expect(posts.find(({ id }: { id: string }) => id === pst('q2'))).toMatchObject({
      kind: 'comment',
      homeThreadId: thr('t2'),
    })
    const circle = await call('POST', `/threads/${thr('t1')}/merge`, { into: thr('t2') })
    expect(circle).toMatchObject({ status: 409, body: { code: 'THREAD_MERGE_CYCLE' } })
    expect((await call('DELETE', `/threads/${thr('t2')}/merge`)).status).toBe(200)
    expect((await call('DELETE', `/threads/${thr('t2')}/merge`)).body).toMatchObject({
      code: 'THREAD_NOT_MERGED',
    })
  })

  it('splits and takes it back', async () => {
    const body = { postIds: [pst('a2')], title: 'Another matter' }
    const made = await call('POST', `/threads/${thr('t1')}/split`, body, 'knowledge-manager')
    expect(made).toMatchObject({ status: 201, body: { title: 'Another matter', splitFrom: thr('t1') } })
    expect((await call('DELETE', `/threads/${made.body.id}/split`)).status).toBe(204)
    expect((await call('GET', `/threads/${made.body.id}`)).status).toBe(404)
  })

  it('is for agents and knowledge managers', async () => {
    for (const role of ['supervisor', 'router'] as const) {
      expect((await call('POST', `/threads/${thr('t2')}/merge`, { into: thr('t1') }, role)).status).toBe(403)
      expect((await call('POST', `/threads/${thr('t1')}/split`, { postIds: [pst('a2')] }, role)).status).toBe(
        403,
      )
    }
    expect((await call('POST', `/threads/${thr('t1')}/split`, { postIds: [] })).status).toBe(400)
  })
})
