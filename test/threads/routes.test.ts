import { beforeAll, expect, it } from 'vitest'
import { stableId } from '../../src/platform/ids.ts'
import { createProtectionStore } from '../../src/threads/protections/protection-store.ts'
import { threadRoutes } from '../../src/threads/routes.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import { acceptance, answer, importDeps, importRecords, question, thread } from '../ingest/support.ts'
import { buildTestApp, type TestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { fakeClock } from '../support/fake-clock.ts'

const id = stableId('thr', 'forum', 't1')

describeEachDatabase('the API of threads', (database) => {
  let test: TestApp
  beforeAll(async () => {
    const { db } = await database()
    await importRecords(importDeps(db), [
      thread('t1', { language: 'fr' }),
      question('q1', 't1'),
      answer('a1', 't1'),
      acceptance('t1', 'a1'),
      thread('t2', { language: 'en' }),
      question('q2', 't2'),
      thread('t3'),
      question('q3', 't3'),
      ...['a3', 'b3', 'c3'].map((name) => answer(name, 't3', { body: '*Long.* '.repeat(15_000) })),
    ])
    const clock = fakeClock('2026-03-01T12:00:00.000Z')
    test = await buildTestApp({ db }, [
      threadRoutes({ threads: createThreadStore(db), protections: createProtectionStore(db, clock), clock }),
    ])
  })

  async function get(url: string, role: 'agent' | 'router' = 'agent') {
    const { headers } = await test.keyFor(role)
    const response = await test.app.inject({ url: `/api${url}`, headers })
    return { status: response.statusCode, body: response.json() }
  }

  it('shows a thread with its posts', async () => {
    const shown = await get(`/threads/${id}`)
    expect(shown).toMatchObject({
      status: 200,
      body: { id, posts: [{ kind: 'question' }, { kind: 'answer', accepted: true }], links: [] },
    })
    expect(shown.body.posts[0]).not.toHaveProperty('hash')
  })

  it('renders posts of a long thread as HTML as far as a request may take, and shows the others as they are', async () => {
    const { body } = await get(`/threads/${stableId('thr', 'forum', 't3')}?html=true`)
    expect(body.posts.map(({ html }: { html?: string }) => html !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(body.posts[3].body).toContain('*Long.*')
  })

  it('refuses what it does not understand or show, with a code', async () => {
    expect(await get('/threads/thr_none')).toMatchObject({ status: 404, body: { code: 'THREAD_NOT_FOUND' } })
    expect((await test.app.inject({ url: `/api/threads/${id}` })).statusCode).toBe(401)
  })
})
