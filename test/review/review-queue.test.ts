import { expect, it } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'
import { reportMisroute } from '../../src/review/misroutes/report-misroute.ts'
import { reviewQueue } from '../../src/review/queue/review-queue.ts'
import { reviewRoutes } from '../../src/review/routes.ts'
import { agent, outsider } from '../labels/support.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { setUpReview, uniqueQuestion } from './setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>

const keywords = { invoice: 'billing', antenna: 'network', lease: 'contract' }
const queueOf = (house: App, limit = 10, facet = 'category') =>
  reviewQueue(house.review, { facet, limit, actor: agent })
const idsIn = async (house: App, limit?: number) =>
  (await queueOf(house, limit)).items.map(({ threadId }) => threadId)
const annotate = (house: App, threadId: string, facet = 'category') =>
  correctLabel(house.deps, { threadId, facet, label: 'billing', actor: agent })

const sure = { title: 'Wrong invoice', question: 'I was billed for a month that I had paid' }
const unsure = { title: 'Hello', question: 'Nothing **works** any more. '.repeat(20) }

describeEachDatabase('the review queue', (database) => {
  it('shows what the model is least sure of first, with its prediction', async () => {
    const house = await setUpReview(await database())
    await house.activate(keywords)
    await house.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
    ])
    await house.announce(['t1', 't2'])
    await house.drain()
    const { items } = await queueOf(house)
    expect(items).toMatchObject([
      {
        threadId: 't2',
        title: 'Hello',
        language: 'en',
        source: 'forum',
        why: 'close-labels',
        reason: 'The model cannot decide between billing (40%) and network (30%).',
        blind: false,
        path: '/api/threads/t2',
        prediction: {
          label: 'billing',
          confidence: 0.4,
          decision: 'abstained',
          alternatives: [{ label: 'billing' }, { label: 'network' }, { label: 'contract' }],
        },
      },
      {
        threadId: 't1',
        why: 'uncertain',
        reason: 'The most uncertain prediction among the remaining threads: billing (90%).',
        prediction: { decision: 'assigned' },
      },
    ])
    const excerpt = items[0]?.excerpt ?? ''
    expect(excerpt).toMatch(/^Nothing works any more\. .* …$/)
    expect(excerpt.length).toBeLessThanOrEqual(302)
  })

  it('never shows what an agent has labelled on that facet, until the verdict is revoked', async () => {
    const house = await setUpReview(await database())
    await house.activate(keywords)
    await house.facets.ensure('urgency')
    await house.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
    ])
    await house.announce(['t1', 't2'])
    const { id } = await annotate(house, 't2')
    await house.drain()
    expect(await idsIn(house)).toEqual(['t1'])
    const urgency = await queueOf(house, 10, 'urgency')
    expect(urgency.items.map(({ threadId, why }) => [threadId, why]).sort()).toEqual([
      ['t1', 'spread'],
      ['t2', 'spread'],
    ])
    await revokeAnnotation(house.deps, { id, actor: agent })
    expect(await idsIn(house)).toEqual(['t1', 't2'])
  })

  it('mixes in the audit slice, to be labelled blind', async () => {
    const house = await setUpReview(await database(), 0.3)
    await house.activate(keywords)
    const ids = Array.from({ length: 100 }, (_, i) => `thr_${i}`)
    await house.store(ids.map((id, i) => ({ id, question: uniqueQuestion(i) })))
    await house.announce(ids)
    await house.drain()
    const drawn: string[] = await house.db.sql('audit_slice').pluck('thread_id')
    expect(drawn.length).toBeGreaterThan(15)
    expect(drawn.length).toBeLessThan(45)
    await house.announce(ids)
    await house.drain()
    expect((await house.db.sql('audit_slice').pluck('thread_id')).sort()).toEqual(drawn.sort())

    const { items } = await queueOf(house)
    const places = items.flatMap(({ why }, place) => (why === 'audit' ? [place] : []))
    expect(places).toEqual([1, 5, 9])
    for (const { threadId, why, blind, prediction } of items) {
      expect(why === 'audit').toBe(drawn.includes(threadId))
      expect(blind).toBe(why === 'audit')
      expect(prediction === undefined).toBe(blind)
    }
    const all = await queueOf(house, 100)
    expect(new Set(all.items.map(({ threadId }) => threadId)).size).toBe(100)
  })

  it('shows open misroutes first, even when labelled before, and settles them by the next label', async () => {
    const house = await setUpReview(await database(), 0)
    await house.activate(keywords)
    await house.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
      { id: 't3', ...sure },
    ])
    await house.announce(['t1', 't2', 't3'])
    await annotate(house, 't3')
    await house.drain()
    house.clock.advance(1000)
    for (const threadId of ['t3', 't1', 't3']) {
      await reportMisroute(house.review, { threadId, reason: 'Not ours', actor: agent })
      house.clock.advance(1)
    }
    const { items } = await queueOf(house)
    expect(items.map(({ threadId, why }) => [threadId, why])).toEqual([
      ['t3', 'misroute'],
      ['t1', 'misroute'],
      ['t2', 'close-labels'],
    ])
    expect(await idsIn(house, 1)).toEqual(['t3'])
    house.clock.advance(1000)
    await annotate(house, 't3')
    await house.drain()
    expect(await idsIn(house)).toEqual(['t1', 't2'])
  })

  it('does not take a verdict given before a misroute, or one revoked, for an answer to it', async () => {
    const house = await setUpReview(await database(), 0)
    await house.activate(keywords)
    await house.store([{ id: 't1', ...sure }])
    const { id } = await annotate(house, 't1')
    house.clock.advance(1000)
    await reportMisroute(house.review, { threadId: 't1', reason: 'Not ours', actor: agent })
    await house.drain()
    expect(await idsIn(house)).toEqual(['t1'])
    await revokeAnnotation(house.deps, { id, actor: agent })
    await house.drain()
    expect((await queueOf(house)).items).toMatchObject([{ why: 'misroute' }])
  })

  it('shows a reader what that reader may see', async () => {
    const house = await setUpReview(await database(), 0.5)
    await house.activate(keywords)
    const ids = (prefix: string) => Array.from({ length: 20 }, (_, i) => `${prefix}${i}`)
    await house.store(
      ids('p').map((id, i) => ({ id, question: uniqueQuestion(i) })),
      { name: 'forum', audience: 'public' },
    )
    await house.store(
      ids('i').map((id, i) => ({ id, question: uniqueQuestion(i) })),
      { name: 'desk', audience: 'internal' },
    )
    await house.announce([...ids('p'), ...ids('i')])
    await house.drain()
    await reportMisroute(house.review, { threadId: 'i1', reason: 'Not ours', actor: agent })
    const seen = await reviewQueue(house.review, { facet: 'category', limit: 100, actor: outsider })
    expect(seen.items.map(({ threadId }) => threadId).sort()).toEqual(ids('p').sort())
    expect(await house.review.misroutes.list({ reader: 'public', settled: false, limit: 10 })).toEqual({
      items: [],
    })
  })

  it('is served over HTTP to agents, who report misroutes there', async () => {
    const at = await database()
    const house = await setUpReview(at, 0)
    const { app, keyFor } = await buildTestApp(at, [reviewRoutes(house.review)], { clock: house.clock })
    const [key, router] = [await keyFor('agent'), await keyFor('router')]
    await house.activate(keywords)
    await house.store([{ id: 't1', ...sure }])
    await house.announce(['t1'])
    await house.drain()
    const ask = (url: string, headers = key.headers) => app.inject({ url: `/api${url}`, headers })
    const queue = await ask('/review/queue')
    expect(queue.json()).toMatchObject({ items: [{ threadId: 't1', why: 'uncertain' }] })
    expect(queue.json().items[0].prediction).toHaveProperty('alternatives')
    expect((await ask('/review/queue?facet=mood')).json()).toMatchObject({ code: 'FACET_NOT_FOUND' })
    expect((await ask('/review/queue', router.headers)).statusCode).toBe(403)

    const report = (id: string, payload: object) =>
      app.inject({ method: 'POST', url: `/api/threads/${id}/misroutes`, headers: router.headers, payload })
    const suggested = { kind: 'queue', name: 'contracts' }
    const reported = await report('t1', { reason: 'A contract, not an invoice', suggested })
    expect(reported.statusCode).toBe(201)
    expect(reported.json()).toMatchObject({
      threadId: 't1',
      suggested,
      reporter: { id: router.id },
      decisionId: (await house.decisions.currentOf(['t1'])).get('t1')?.id,
    })
    expect((await report('t9', { reason: 'x' })).json()).toMatchObject({ code: 'THREAD_NOT_FOUND' })
    expect((await report('t1', { reason: '' })).json()).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await ask('/review/misroutes')).json()).toMatchObject({ items: [{ id: reported.json().id }] })
    expect((await ask('/review/misroutes?settled=true')).json()).toEqual({ items: [] })
    const { items } = await house.audit.list({ target: 't1', limit: 10 })
    expect(items).toMatchObject([{ action: 'thread.misrouted', actor: { id: router.id } }])
    house.clock.advance(1000)
    await annotate(house, 't1')
    await house.drain()
    expect((await ask('/review/misroutes')).json()).toEqual({ items: [] })
    expect((await ask('/review/misroutes?settled=true')).json()).toMatchObject({
      items: [{ resolvedAt: house.clock.now().toISOString() }],
    })
  })
})
