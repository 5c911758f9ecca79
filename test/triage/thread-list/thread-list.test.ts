import { expect, it } from 'vitest'
import { MESSAGE_KIND } from '../../../src/labels/message-kind.ts'
import { threadListRoutes } from '../../../src/triage/thread-list/thread-list-routes.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { agent, outsider } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpTriage } from '../setting.ts'

describeEachDatabase('the list of threads', (database) => {
  /** t1 to t4 are public, t5 is internal; billing is given to t3, predicted for t1 and t5, and likeliest for t4. */
  async function setUp() {
    const setting = await setUpTriage(await database())
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    await setting.store([
      {
        id: 't1',
        title: 'Wrong invoice',
        askedAt: '2026-01-01T00:00:00.000Z',
        answers: 2,
        accepted: 1,
        views: 9,
      },
      { id: 't2', title: 'No antenna', askedAt: '2026-01-02T00:00:00.000Z', answers: 1, language: 'fr' },
      { id: 't3', title: 'Broken antenna', askedAt: '2026-01-02T00:00:00.000Z', views: 40 },
      { id: 't4', title: 'Hello', askedAt: '2026-01-03T00:00:00.000Z', views: 3 },
    ])
    const staff = { name: 'staff', audience: 'internal' } as const
    await setting.store([{ id: 't5', title: 'Secret invoice', askedAt: '2026-01-04T00:00:00.000Z' }], staff)
    await setting.db.sql('threads').where({ id: 't2' }).update({ asker_id: 'mem_1' })
    await setting.announce(['t1', 't2', 't3', 't4', 't5'])
    await setting.drain()
    await setting.annotations.append([await annotation(setting, 't3', 'billing')], agent)
    const found: Record<string, string[]> = { antenna: ['t3', 't2'], secret: ['t5'] }
    const search = { threadIds: async (text: string) => found[text] ?? [] }
    const { call } = await serveRoutes(threadListRoutes({ ...setting.deps, search }))
    const list = async (query = '', as = agent) => {
      const { body } = await call(as, 'GET', `/threads?${query}`)
      return body.items?.map(({ id }: { id: string }) => id) ?? body
    }
    return { setting, call, list }
  }

  async function annotation(
    { facets }: Awaited<ReturnType<typeof setUpTriage>>,
    threadId: string,
    name: string,
  ) {
    const facet = await facets.require('category')
    const label = await facets.requireLabel(facet, name)
    return { threadId, facetId: facet.id, labelId: label.id, provenance: 'agent' as const }
  }

  it('has what is given, predicted and decided of each thread, the newest first', async () => {
    const { call } = await setUp()
    const { body } = await call(agent, 'GET', '/threads')
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['t5', 't4', 't3', 't2', 't1'])
    expect(body.items[2]).toMatchObject({
      id: 't3',
      source: 'forum',
      labels: [{ facet: 'category', label: 'billing', provenance: 'agent' }],
      predictions: [{ facet: 'category', label: 'network', confidence: 0.9, decision: 'assigned' }],
      routing: { destination: { kind: expect.any(String) }, priority: expect.any(String) },
    })
    expect(body.items[2]).not.toHaveProperty('sourceId')
  })

  it('filters by a label that was given, predicted, or either', async () => {
    const { list } = await setUp()
    expect(await list('label=category:billing&labelBasis=given')).toEqual(['t3'])
    expect(await list('label=category:billing&labelBasis=predicted')).toEqual(['t5', 't4', 't1'])
    expect(await list('label=category:billing')).toEqual(['t5', 't4', 't3', 't1'])
    expect(await list('label=category:network')).toEqual(['t2'])
    expect(await list('label=category:network&label=category:billing&status=open')).toEqual([
      't5',
      't4',
      't3',
    ])
    expect(await list(`label=category:billing&unlabelled=category`)).toEqual(['t5', 't4', 't1'])
    expect(await list('label=category:none')).toMatchObject({ code: 'LABEL_NOT_FOUND' })
    expect(await list('label=colour:red')).toMatchObject({ code: 'FACET_NOT_FOUND' })
  })

  it('filters by decision, reason, destination, source, language, status, age, author and text', async () => {
    const { setting, list } = await setUp()
    await setting.db.sql('predictions').where({ thread_id: 't4' }).update({ reason: 'unsure' })
    expect(await list('decision=category:abstained')).toEqual(['t4'])
    expect(await list('decision=category:assigned&source=forum')).toEqual(['t3', 't2', 't1'])
    expect(await list('decision=category:suggested')).toEqual([])
    expect(await list('reason=category:unsure')).toEqual(['t4'])
    expect(await list('reason=category:two-labels-close')).toEqual([])
    expect(await list('source=staff')).toEqual(['t5'])
    expect(await list('source=nowhere')).toEqual([])
    expect(await list('language=fr')).toEqual(['t2'])
    expect(await list('status=resolved')).toEqual(['t1'])
    expect(await list('status=answered')).toEqual(['t2'])
    expect(await list('resolved=false&unanswered=true')).toEqual(['t5', 't4', 't3'])
    const age = 'createdAfter=2026-01-02T00:00:00Z&createdBefore=2026-01-03T01:00:00%2B01:00'
    expect(await list(age)).toEqual(['t3', 't2'])
    expect(await list('author=mem_1')).toEqual(['t2'])
    expect(await list('text=antenna')).toEqual(['t3', 't2'])
    expect(await list('text=antenna&label=category:billing')).toEqual(['t3'])
    const routed = await setting.decisions.currentOf(['t1', 't2', 't3', 't4', 't5'])
    const { kind, name } = routed.get('t1')!.destination
    const there = [...routed.values()].filter((each) => each.destination.name === name)
    const expected = there.map(({ threadId }) => threadId).sort()
    expect((await list(`destination=${kind}:${name}`)).sort()).toEqual(expected)
    expect(await list(`destination=${kind}:nobody`)).toEqual([])
  })

  it('tells suggestions from assignments where labels act only once measured', async () => {
    const { setting, list } = await setUp()
    await setting.activate({ antenna: 'question', invoice: 'complaint' }, MESSAGE_KIND)
    await setting.drain()
    expect(await list(`decision=${MESSAGE_KIND}:suggested&source=forum`)).toEqual(['t3', 't2', 't1'])
    expect(await list(`decision=${MESSAGE_KIND}:assigned`)).toEqual([])
  })

  it('sorts, and pages through equal keys without losing or repeating a thread', async () => {
    const { call, list } = await setUp()
    expect(await list('sort=oldest')).toEqual(['t1', 't2', 't3', 't4', 't5'])
    expect(await list('sort=most-views')).toEqual(['t3', 't1', 't4', 't5', 't2'])
    expect((await list('sort=least-confident'))[0]).toBe('t4')
    for (const filters of ['', 'label=category:billing', 'text=antenna', 'source=forum'])
      for (const sort of ['newest', 'oldest', 'most-views', 'least-confident']) {
        const all = await list(`${filters}&sort=${sort}`)
        const seen: string[] = []
        for (let cursor = ''; ; ) {
          const { body } = await call(agent, 'GET', `/threads?${filters}&sort=${sort}&limit=1${cursor}`)
          seen.push(...body.items.map(({ id }: { id: string }) => id))
          if (body.next === undefined) break
          cursor = `&cursor=${body.next}`
        }
        expect({ filters, sort, seen }).toEqual({ filters, sort, seen: all })
      }
    expect(await list('cursor=broken')).toMatchObject({ code: 'CURSOR_INVALID' })
    expect((await call(agent, 'GET', '/threads?label=category')).status).toBe(400)
    const { next } = (await call(agent, 'GET', '/threads?sort=newest&limit=1')).body
    for (const sort of ['oldest', 'most-views', 'least-confident'])
      expect(await list(`sort=${sort}&cursor=${next}`)).toMatchObject({ code: 'CURSOR_INVALID' })
    expect(await call(agent, 'GET', '/threads?createdAfter=2016-12-31T23:59:60Z')).toMatchObject({
      status: 400,
      body: { code: 'TIME_UNKNOWN' },
    })
  })

  it('has neither threads nor counts of what the reader may not see', async () => {
    const { call, list } = await setUp()
    for (const query of ['', 'label=category:billing', 'text=secret', 'source=staff', 'sort=least-confident'])
      expect(await list(query, outsider)).not.toContain('t5')
    const { body } = await call(outsider, 'GET', '/threads/counts?by=source&by=label:category')
    expect(body).toMatchObject({ total: 4, by: { source: [{ value: 'forum', count: 4 }] } })
  })

  it('counts by label, status, source and language', async () => {
    const { call } = await setUp()
    const by = ['label:category', 'status', 'source', 'language'].map((each) => `by=${each}`).join('&')
    expect((await call(agent, 'GET', `/threads/counts?${by}`)).body).toEqual({
      total: 5,
      atLeast: false,
      by: {
        'label:category': [
          { value: 'billing', count: 4 },
          { value: 'network', count: 1 },
        ],
        status: [
          { value: 'open', count: 3 },
          { value: 'answered', count: 1 },
          { value: 'resolved', count: 1 },
        ],
        source: [
          { value: 'forum', count: 4 },
          { value: 'staff', count: 1 },
        ],
        language: [
          { value: 'en', count: 4 },
          { value: 'fr', count: 1 },
        ],
      },
    })
    const some = await call(agent, 'GET', '/threads/counts?status=open&by=source')
    expect(some.body).toMatchObject({
      total: 3,
      by: { source: [{ value: 'forum', count: 2 }, { value: 'staff' }] },
    })
  })

  it('counts no more threads of any value than it counts in all, where there are too many', async () => {
    const { setting, call } = await setUp()
    const [like] = await setting.db.sql('threads').where({ id: 't2' })
    const { db } = setting
    await db.transaction(async () => {
      for (let from = 0; from < 10_000; from += 250)
        await db.sql('threads').insert(
          Array.from({ length: 250 }, (_, at) => {
            return { ...like, id: `more${from + at}`, external_id: `more${from + at}` }
          }),
        )
    })
    const { body } = await call(agent, 'GET', '/threads/counts?by=status&by=source')
    expect(body).toMatchObject({ total: 10_000, atLeast: true })
    for (const counts of Object.values<{ count: number }[]>(body.by))
      expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(10_000)
  })
})
