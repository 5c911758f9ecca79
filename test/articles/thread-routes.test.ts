import { expect, it } from 'vitest'
import { threadArticleRoutes } from '../../src/articles/promotion/thread-routes.ts'
import { serveRoutes } from '../labels/serve-routes.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { actor, manager, openWorld } from './world.ts'

describeEachDatabase('threads and their articles', (database) => {
  const setUp = async () => {
    const world = await openWorld(await database())
    const answers = [{ body: 'Change the cable.', accepted: true }]
    const id = await world.importThreads('forum', 'public', {
      one: { title: 'Box restarts', question: 'Why?', answers, labels: { category: 'box' } },
      two: { title: 'Box goes off', question: 'At night.', answers, labels: { category: 'power' } },
    })
    const secret = await world.importThreads('staff', 'internal', { s: { question: 'Hush', answers } })
    return { world, id, secret, ...(await serveRoutes(threadArticleRoutes(world))) }
  }

  it('promotes several threads, each on its own', async () => {
    const { id, secret, call } = await setUp()
    const outside = actor('outside', 'public', 'knowledge-manager')
    const threadIds = [id('one'), secret('s'), 'thr_none', id('two')]
    const first = await call(outside, 'POST', '/articles/promotions', { threadIds })
    expect(first).toMatchObject({
      status: 200,
      body: {
        items: [
          { threadId: id('one'), created: true, articleId: expect.stringMatching(/^art_/) },
          { threadId: secret('s'), code: 'THREAD_NOT_FOUND' },
          { threadId: 'thr_none', code: 'THREAD_NOT_FOUND' },
          { threadId: id('two'), created: true },
        ],
      },
    })
    const again = await call(outside, 'POST', '/articles/promotions', { threadIds: [id('one')] })
    const [{ articleId }] = first.body.items
    expect(again.body.items).toEqual([{ threadId: id('one'), articleId, created: false }])
  })

  it('shows before a merge the posts, labels and articles of both threads, and changes nothing', async () => {
    const { id, call, world } = await setUp()
    await call(manager, 'POST', '/articles/promotions', { threadIds: [id('two')] })
    const preview = () => call(manager, 'GET', `/threads/${id('one')}/merge-preview?into=${id('two')}`)
    const { status, body } = await preview()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      merged: { threadId: id('one'), title: 'Box restarts', labels: [{ facet: 'category', label: 'box' }] },
      into: { threadId: id('two'), labels: [{ label: 'power' }], article: { title: 'Box goes off' } },
      posts: [
        { kind: 'question', becomes: 'comment' },
        { kind: 'answer', becomes: 'answer', accepted: true },
      ],
      differing: ['category'],
      isMerged: false,
    })
    expect(body.merged).not.toHaveProperty('article')
    expect((await preview()).body).toEqual(body)
    expect((await world.threads.require(id('one'), 'internal')).mergedInto).toBeUndefined()
  })

  it('refuses what the merge would refuse, and hides what the reader may not see', async () => {
    const { id, secret, call } = await setUp()
    const code = async (from: string, into: string, as = manager) =>
      (await call(as, 'GET', `/threads/${from}/merge-preview?into=${into}`)).body.code
    expect(await code(id('one'), id('one'))).toBe('THREAD_MERGE_CYCLE')
    expect(await code(id('one'), secret('s'))).toBe('THREAD_MERGE_SOURCES')
    expect(await code(id('one'), secret('s'), actor('outside', 'public', 'agent'))).toBe('THREAD_NOT_FOUND')
  })
})
