import { expect, it } from 'vitest'
import { revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { ruleOnConflict } from '../../../src/review/conflicts/rule-on-conflict.ts'
import { showConflicts } from '../../../src/review/conflicts/show-conflicts.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { reviewRoutes } from '../../../src/review/routes.ts'
import { skipRoutes } from '../../../src/review/skips/skip-routes.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { agent, outsider, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>

const manager = { ...supervisor, roles: ['knowledge-manager'] as const }
const other = { ...agent, id: 'key_other', name: 'Omar' }
const itemsFor = async (setting: App, actor = agent, limit = 8) =>
  (await reviewQueue(setting.review, { facet: 'category', limit, actor })).items
const idsFor = async (setting: App, actor = agent, limit = 8) =>
  (await itemsFor(setting, actor, limit)).map(({ threadId }) => threadId)

async function stored(setting: App, count: number, audience: 'public' | 'internal' = 'public') {
  const ids = Array.from({ length: count }, (_, i) => `t${i}`)
  const threads = ids.map((id, i) => ({ id, question: uniqueQuestion(i) }))
  await setting.store(threads, { name: audience, audience })
}

const skipping = (threadId: string, more: object = {}) => ({
  facet: 'category',
  threadId,
  why: 'skip',
  ...more,
})

describeEachDatabase('skipping threads of the review queue', (database) => {
  const setUp = async (audience?: 'internal', auditShare?: number) => {
    const setting = await setUpReview(await database(), auditShare)
    await stored(setting, 6, audience)
    return { setting, ...(await serveRoutes(skipRoutes(setting.review))) }
  }

  it('takes a thread from the queue of the agent, for good, and gives it to another at once', async () => {
    const { setting, call } = await setUp()
    const [first, ...rest] = await idsFor(setting)
    expect(await idsFor(setting, other)).toEqual([])
    const skipped = await call(agent, 'POST', '/review/skips', skipping(first!))
    expect(skipped).toMatchObject({ status: 201, body: { threadId: first, why: 'skip', facet: 'category' } })
    expect(await idsFor(setting)).toEqual(rest)
    expect(await idsFor(setting, other)).toEqual([first])
    setting.clock.advance(60 * 60_000)
    expect(await idsFor(setting)).not.toContain(first)
  })

  it('tells who is handed the thread next that somebody was not sure, but not where it is labelled blind', async () => {
    const { setting, call } = await setUp()
    const [first] = await idsFor(setting)
    await call(agent, 'POST', '/review/skips', skipping(first!, { why: 'not-sure', note: 'two labels fit' }))
    const [item] = await itemsFor(setting, other)
    expect(item).toMatchObject({
      threadId: first,
      skips: [{ why: 'not-sure', note: 'two labels fit', actor: { name: agent.name } }],
    })
    const audited = await setUpReview(await database(), 1)
    await audited.store([{ id: 'drawn', question: uniqueQuestion(7) }])
    await audited.announce(['drawn'])
    await audited.drain()
    const at = await serveRoutes(skipRoutes(audited.review))
    expect(await itemsFor(audited)).toMatchObject([{ threadId: 'drawn', blind: true }])
    await at.call(agent, 'POST', '/review/skips', skipping('drawn', { why: 'not-sure' }))
    const [blind] = await itemsFor(audited, other)
    expect(blind).toMatchObject({ threadId: 'drawn', blind: true })
    expect(blind).not.toMatchObject({ skips: expect.anything() })
    expect(await itemsFor(audited)).toEqual([])
  })

  it('is undone: the thread is back where it was, unless another agent holds it', async () => {
    const { setting, call } = await setUp()
    const [first, second, ...rest] = await idsFor(setting)
    const one = await call(agent, 'POST', '/review/skips', skipping(first!))
    const undone = await call(agent, 'DELETE', `/review/skips/${one.body.id}`)
    expect(undone).toMatchObject({ status: 200, body: { undoneAt: expect.any(String) } })
    expect(await call(agent, 'DELETE', `/review/skips/${one.body.id}`)).toEqual(undone)
    expect(await idsFor(setting)).toEqual([first, second, ...rest])
    const two = await call(agent, 'POST', '/review/skips', skipping(second!))
    expect(await idsFor(setting, other)).toEqual([second])
    await call(agent, 'DELETE', `/review/skips/${two.body.id}`)
    expect(await idsFor(setting)).toEqual([first, ...rest])
    expect(await idsFor(setting, other)).toEqual([second])
  })

  it('counts by agent; a later skip of the same thread replaces the earlier one', async () => {
    const { setting, call } = await setUp()
    const [first, second] = await idsFor(setting)
    await call(agent, 'POST', '/review/skips', skipping(first!))
    await call(agent, 'POST', '/review/skips', skipping(first!, { why: 'not-sure' }))
    setting.clock.advance(1_000)
    await call(agent, 'POST', '/review/skips', skipping(second!))
    await call(other, 'POST', '/review/skips', skipping(first!))
    const mine = {
      facet: 'category',
      actor: { id: agent.id, name: agent.name },
      skipped: 1,
      notSure: 1,
      disputed: 0,
    }
    const theirs = {
      facet: 'category',
      actor: { id: other.id, name: other.name },
      skipped: 1,
      notSure: 0,
      disputed: 0,
    }
    expect((await call(agent, 'GET', '/review/skips/counts')).body).toEqual({ items: [mine] })
    expect((await call(supervisor, 'GET', '/review/skips/counts')).body).toEqual({ items: [mine, theirs] })
    const list = await call(agent, 'GET', '/review/skips?limit=1')
    expect(list.body).toMatchObject({ items: [{ threadId: second }], next: expect.any(String) })
    const all = await call(supervisor, 'GET', `/review/skips?agent=${other.id}`)
    expect(all.body.items).toMatchObject([{ threadId: first, actor: { id: other.id } }])
  })

  it('says that what is left was skipped, when nothing else is', async () => {
    const { setting, call } = await setUp()
    for (const id of await idsFor(setting)) await call(agent, 'POST', '/review/skips', skipping(id))
    const empty = await reviewQueue(setting.review, { facet: 'category', limit: 5, actor: agent })
    expect(empty.notice).toMatchObject({ code: 'skipped', fr: expect.stringContaining('passé') })
  })

  it('says so also where the model is certain of what nobody skipped', async () => {
    const { setting, call } = await setUp()
    await setting.activate({ invoice: 'billing' })
    await setting.store([{ id: 'sure', title: 'My invoice', question: 'My invoice' }])
    await setting.announce(['sure'])
    await setting.drain()
    await setting.db.sql('predictions').where({ thread_id: 'sure' }).update({ margin: 0.98 })
    for (const id of await idsFor(setting)) await call(agent, 'POST', '/review/skips', skipping(id))
    const { items, notice } = await reviewQueue(setting.review, { facet: 'category', limit: 5, actor: agent })
    expect(items).toEqual([])
    expect(notice).toMatchObject({ code: 'skipped' })
  })

  it('is of threads that one may see, and undone by who skipped only', async () => {
    const { call } = await setUp('internal')
    const hidden = await call(outsider, 'POST', '/review/skips', skipping('t1'))
    expect(hidden).toMatchObject({ status: 404, body: { code: 'THREAD_NOT_FOUND' } })
    const mine = await call(agent, 'POST', '/review/skips', skipping('t1'))
    for (const actor of [other, supervisor, outsider])
      expect(await call(actor, 'DELETE', `/review/skips/${mine.body.id}`)).toMatchObject({
        status: 404,
        body: { code: 'SKIP_NOT_FOUND' },
      })
    const peeking = { ...supervisor, audience: 'public' as const }
    expect((await call(peeking, 'GET', '/review/skips')).body.items).toEqual([])
    expect((await call(peeking, 'GET', '/review/skips/counts')).body.items).toEqual([])
  })
})

describeEachDatabase('a dispute', (database) => {
  const setUp = async () => {
    const setting = await setUpReview(await database())
    await stored(setting, 2)
    const { call } = await serveRoutes(skipRoutes(setting.review))
    const conflicts = async () => {
      const { items } = await setting.inbox.conflicts.list({ reader: 'internal', limit: 10 })
      return showConflicts(setting.inbox, items, 'internal')
    }
    const rule = async (id: string) => {
      setting.clock.advance(1000)
      return ruleOnConflict({ ...setting.review, ...setting.inbox }, { id, label: 'billing', actor: manager })
    }
    return { setting, call, conflicts, rule }
  }
  const disputing = (threadId: string, note?: string) => skipping(threadId, { why: 'dispute', note })

  it('opens a conflict with its reason, which a ruling closes and a later dispute opens again', async () => {
    const { setting, call, conflicts, rule } = await setUp()
    expect(await call(agent, 'POST', '/review/skips', disputing('t0', 'Neither label fits'))).toMatchObject({
      status: 201,
    })
    const [open] = await conflicts()
    expect(open).toMatchObject({
      threadId: 't0',
      grounds: [{ kind: 'dispute', disputes: [{ reason: 'Neither label fits', actor: { id: agent.id } }] }],
    })
    const { ruling } = await rule(open!.id)
    expect(await conflicts()).toEqual([])
    await revokeAnnotation(setting.deps, { id: ruling.id, actor: manager })
    await setting.review.recomputeConflicts((await setting.deps.facets.require('category')).id, ['t0'])
    const [again] = await conflicts()
    expect(again).toMatchObject({ threadId: 't0', grounds: [{ kind: 'dispute' }] })
    await rule(again!.id)
    setting.clock.advance(1000)
    await call(other, 'POST', '/review/skips', disputing('t0', 'The ruling forgets prepaid cards'))
    expect(await conflicts()).toMatchObject([
      { grounds: [{ kind: 'dispute', disputes: [{ actor: { id: other.id } }] }] },
    ])
  })

  it('is withdrawn with its skip, or by skipping the thread for another reason', async () => {
    const { call, conflicts } = await setUp()
    const { body } = await call(agent, 'POST', '/review/skips', disputing('t0', 'Neither label fits'))
    await call(agent, 'DELETE', `/review/skips/${body.id}`)
    expect(await conflicts()).toEqual([])
    await call(agent, 'POST', '/review/skips', disputing('t0', 'Neither label fits'))
    expect(await conflicts()).toHaveLength(1)
    await call(agent, 'POST', '/review/skips', skipping('t0', { why: 'skip' }))
    expect(await conflicts()).toEqual([])
  })

  it('of a ruling that is withdrawn closes as resolved: that ruling did not answer it', async () => {
    const { setting, call, conflicts, rule } = await setUp()
    await call(agent, 'POST', '/review/skips', disputing('t0', 'Neither label fits'))
    await rule((await conflicts())[0]!.id)
    setting.clock.advance(1000)
    const { body } = await call(other, 'POST', '/review/skips', disputing('t0', 'It forgets prepaid cards'))
    const [open] = await conflicts()
    await call(other, 'DELETE', `/review/skips/${body.id}`)
    const { closed } = await setting.inbox.conflicts.require(open!.id, 'internal')
    expect(closed).toMatchObject({ outcome: 'resolved' })
    expect(closed?.rulingId).toBeUndefined()
  })

  it('says what is wrong', async () => {
    const { call } = await setUp()
    for (const note of [undefined, '  '])
      expect(await call(agent, 'POST', '/review/skips', disputing('t0', note))).toMatchObject({
        status: 400,
        body: { code: 'DISPUTE_UNEXPLAINED' },
      })
  })
})

describeEachDatabase('the posts of queue items', (database) => {
  it('come where asked for: the question first, with author, kind, date and body as text', async () => {
    const setting = await setUpReview(await database())
    await setting.store([{ id: 't1', question: 'It **never** works' }])
    const source = await setting.db.sql('sources').first()
    await setting.db.sql('members').insert({
      id: 'mem_1',
      source_id: source.id,
      external_id: '1',
      name: 'Ada',
      role: 'staff',
      record_hash: '',
    })
    const at = '2025-01-01T00:00:00.000Z'
    const answer = (id: string, createdAt: string, more: object = {}) => ({
      id,
      source_id: source.id,
      external_id: id,
      thread_id: 't1',
      kind: 'answer',
      author_id: 'mem_1',
      body: `Try *${id}*`,
      created_at: createdAt,
      record_hash: '',
      updated_at: at,
      ...more,
    })
    await setting.db
      .sql('posts')
      .insert([
        answer('late', '2026-03-01T00:00:00.000Z'),
        answer('early', at),
        answer('gone', at, { removed_at: at }),
        ...Array.from({ length: 100 }, (_, i) => answer(`more${i}`, '2026-04-01T00:00:00.000Z')),
      ])
    const { call } = await serveRoutes(reviewRoutes(setting.review))
    const { body } = await call(agent, 'GET', '/review/queue?posts=all')
    const [item] = body.items
    expect(item.posts.slice(0, 3)).toMatchObject([
      { id: 't1-q', kind: 'question', text: 'It never works' },
      {
        id: 'early',
        kind: 'answer',
        text: 'Try early',
        author: { name: 'Ada', role: 'staff' },
        createdAt: at,
      },
      { id: 'late' },
    ])
    expect(item).toMatchObject({ morePosts: 3 })
    expect(item.posts).toHaveLength(100)
    const without = await call(agent, 'GET', '/review/queue')
    expect(without.body.items[0]).not.toHaveProperty('posts')
  })
})
