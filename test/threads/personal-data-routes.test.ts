import { expect, it } from 'vitest'
import { stableId } from '../../src/platform/ids.ts'
import { personalDataRoutes } from '../../src/threads/personal-data-routes.ts'
import { createThreadStore } from '../../src/threads/thread-store.ts'
import { importDeps, importRecords, question, thread } from '../ingest/support.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'

describeEachDatabase('the API of personal data in threads', (database) => {
  it('shows knowledge managers where it is, without repeating it', async () => {
    const { db } = await database()
    const body = 'Call 06\\_39: `CMD-123456` or sam@example.com'
    await importRecords(importDeps(db), [
      thread('t1', { title: 'Call 06 39 98 12 34' }),
      question('q1', 't1', { body }),
      thread('t2'),
      question('q2', 't2'),
    ])
    const identifiers = [{ kind: 'order-number', pattern: 'CMD-######' }] as const
    const test = await buildTestApp({ db }, [
      personalDataRoutes({ threads: createThreadStore(db), identifiers }),
    ])
    async function get(externalId: string, role: 'agent' | 'knowledge-manager' = 'knowledge-manager') {
      const { headers } = await test.keyFor(role)
      const url = `/api/threads/${stableId('thr', 'forum', externalId)}/personal-data`
      const response = await test.app.inject({ url, headers })
      return { status: response.statusCode, body: response.json() }
    }
    const shown = await get('t1')
    expect(shown).toEqual({
      status: 200,
      body: {
        title: [{ kind: 'phone', start: 5, end: 19 }],
        posts: [
          {
            id: stableId('pst', 'forum', 'q1'),
            findings: [
              { kind: 'order-number', start: body.indexOf('CMD'), end: body.indexOf('` or') },
              { kind: 'email', start: body.indexOf('sam@'), end: body.length },
            ],
          },
        ],
      },
    })
    expect(await get('t2')).toEqual({ status: 200, body: { title: [], posts: [] } })
    expect((await get('t1', 'agent')).status).toBe(403)
    expect((await get('unknown')).status).toBe(404)
    await test.app.close()
  })
})
