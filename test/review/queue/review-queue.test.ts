import { expect, it } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { reportMisroute } from '../../../src/review/misroutes/report-misroute.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { reviewRoutes } from '../../../src/review/routes.ts'
import { agent, outsider } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>

const keywords = { invoice: 'billing', antenna: 'network', lease: 'contract' }
const queueOf = (setting: App, limit = 10, facet = 'category') =>
  reviewQueue(setting.review, { facet, limit, actor: agent })
const idsIn = async (setting: App, limit?: number) =>
  (await queueOf(setting, limit)).items.map(({ threadId }) => threadId)
const annotate = (setting: App, threadId: string, facet = 'category') =>
  correctLabel(setting.deps, { threadId, facet, label: 'billing', actor: agent })

const sure = { title: 'Wrong invoice', question: 'I was billed for a month that I had paid' }
const unsure = { title: 'Hello', question: 'Nothing **works** any more. '.repeat(20) }

describeEachDatabase('the review queue', (database) => {
  it('shows what the model is least sure of first, with its prediction', async () => {
    const setting = await setUpReview(await database())
    await setting.activate(keywords)
    await setting.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
    ])
    await setting.announce(['t1', 't2'])
    await setting.drain()
    const { items } = await queueOf(setting)
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

  it('never shows what an agent has labelled on that facet, until the annotation is revoked', async () => {
    const setting = await setUpReview(await database())
    await setting.activate(keywords)
    await setting.facets.ensure('urgency')
    await setting.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
    ])
    await setting.announce(['t1', 't2'])
    const { id } = await annotate(setting, 't2')
    await setting.drain()
    expect(await idsIn(setting)).toEqual(['t1'])
    const urgency = await queueOf(setting, 10, 'urgency')
    expect(urgency.items.map(({ threadId, why }) => [threadId, why]).sort()).toEqual([
      ['t1', 'spread'],
      ['t2', 'spread'],
    ])
    await revokeAnnotation(setting.deps, { id, actor: agent })
    expect(await idsIn(setting)).toEqual(['t1', 't2'])
  })

  it('mixes in the audit slice, to be labelled blind', async () => {
    const setting = await setUpReview(await database(), 0.3)
    await setting.activate(keywords)
    const ids = Array.from({ length: 100 }, (_, i) => `thr_${i}`)
    await setting.store(ids.map((id, i) => ({ id, question: uniqueQuestion(i) })))
    await setting.announce(ids)
    await setting.drain()
    const drawn: string[] = await setting.db.sql('audit_slice').pluck('thread_id')
    expect(drawn.length).toBeGreaterThan(15)
    expect(drawn.length).toBeLessThan(45)
    await setting.announce(ids)
    await setting.drain()
    expect((await setting.db.sql('audit_slice').pluck('thread_id')).sort()).toEqual(drawn.sort())

    const { items } = await queueOf(setting)
    const places = items.flatMap(({ why }, place) => (why === 'audit' ? [place] : []))
    expect(places).toEqual([1, 5, 9])
    for (const { threadId, why, blind, prediction } of items) {
      expect(why === 'audit').toBe(drawn.includes(threadId))
      expect(blind).toBe(why === 'audit')
      expect(prediction === undefined).toBe(blind)
    }
    const all = await queueOf(setting, 100)
    expect(new Set(all.items.map(({ threadId }) => threadId)).size).toBe(100)
  })

  it('shows open misroutes first, even when labelled before, and resolves them by the next label', async () => {
    const setting = await setUpReview(await database(), 0)
    await setting.activate(keywords)
    await setting.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
      { id: 't3', ...sure },
    ])
    await setting.announce(['t1', 't2', 't3'])
    await annotate(setting, 't3')
    await setting.drain()
    setting.clock.advance(1000)
    for (const threadId of ['t3', 't1', 't3']) {
      await reportMisroute(setting.review, { threadId, reason: 'Not ours', actor: agent })
      setting.clock.advance(1)
    }
    const { items } = await queueOf(setting)
    expect(items.map(({ threadId, why }) => [threadId, why])).toEqual([
      ['t3', 'misroute'],
      ['t1', 'misroute'],
      ['t2', 'close-labels'],
    ])
    expect(await idsIn(setting, 1)).toEqual(['t3'])
    setting.clock.advance(1000)
    await annotate(setting, 't3')
    await setting.drain()
    expect(await idsIn(setting)).toEqual(['t1', 't2'])
  })

  it('does not resolve a misroute by an annotation made before it, or by a revoked one', async () => {
    const setting = await setUpReview(await database(), 0)
    await setting.activate(keywords)
    await setting.store([{ id: 't1', ...sure }])
    const { id } = await annotate(setting, 't1')
    setting.clock.advance(1000)
    await reportMisroute(setting.review, { threadId: 't1', reason: 'Not ours', actor: agent })
    await setting.drain()
    expect(await idsIn(setting)).toEqual(['t1'])
    await revokeAnnotation(setting.deps, { id, actor: agent })
    await setting.drain()
    expect((await queueOf(setting)).items).toMatchObject([{ why: 'misroute' }])
  })

  it('shows a reader what that reader may see', async () => {
    const setting = await setUpReview(await database(), 0.5)
    await setting.activate(keywords)
    const ids = (prefix: string) => Array.from({ length: 20 }, (_, i) => `${prefix}${i}`)
    await setting.store(
      ids('p').map((id, i) => ({ id, question: uniqueQuestion(i) })),
      { name: 'forum', audience: 'public' },
    )
    await setting.store(
      ids('i').map((id, i) => ({ id, question: uniqueQuestion(i) })),
      { name: 'desk', audience: 'internal' },
    )
    await setting.announce([...ids('p'), ...ids('i')])
    await setting.drain()
    await reportMisroute(setting.review, { threadId: 'i1', reason: 'Not ours', actor: agent })
    const seen = await reviewQueue(setting.review, { facet: 'category', limit: 100, actor: outsider })
    expect(seen.items.map(({ threadId }) => threadId).sort()).toEqual(ids('p').sort())
    expect(await setting.review.misroutes.list({ reader: 'public', resolved: false, limit: 10 })).toEqual({
      items: [],
    })
  })

  it('leaves out, for a reader outside the company, a thread that is locked while the queue is filled', async () => {
    const setting = await setUpReview(await database(), 0)
    await setting.activate(keywords)
    await setting.store([{ id: 't1', ...sure }], { name: 'forum', audience: 'public' })
    await setting.announce(['t1'])
    await setting.drain()
    const lock = { facet: 'sensitivity', label: 'sensitive', basis: 'label', protected_at: '2026-01-15' }
    const turns = {
      async take<T>(_: string, work: () => Promise<T>) {
        const chosen = await work()
        await setting.db.sql('thread_protections').insert({ thread_id: 't1', ...lock })
        return chosen
      },
    }
    const ask = { facet: 'category', limit: 10, actor: outsider }
    expect((await reviewQueue(setting.review, ask)).items).toHaveLength(1)
    expect((await reviewQueue({ ...setting.review, turns }, ask)).items).toEqual([])
  })

  it('is served over HTTP to agents, who report misroutes there', async () => {
    const at = await database()
    const setting = await setUpReview(at, 0)
    const { app, keyFor } = await buildTestApp(at, [reviewRoutes(setting.review)], { clock: setting.clock })
    const [key, router] = [await keyFor('agent'), await keyFor('router')]
    await setting.activate(keywords)
    await setting.store([{ id: 't1', ...sure }])
    await setting.announce(['t1'])
    await setting.drain()
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
      decisionId: (await setting.decisions.currentOf(['t1'])).get('t1')?.id,
    })
    expect((await report('t9', { reason: 'x' })).json()).toMatchObject({ code: 'THREAD_NOT_FOUND' })
    expect((await report('t1', { reason: '' })).json()).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await ask('/review/misroutes')).json()).toMatchObject({ items: [{ id: reported.json().id }] })
    expect((await ask('/review/misroutes?resolved=true')).json()).toEqual({ items: [] })
    const { items } = await setting.audit.list({ target: 't1', limit: 10 })
    expect(items).toMatchObject([{ action: 'thread.misrouted', actor: { id: router.id } }])
    setting.clock.advance(1000)
    await annotate(setting, 't1')
    await setting.drain()
    expect((await ask('/review/misroutes')).json()).toEqual({ items: [] })
    expect((await ask('/review/misroutes?resolved=true')).json()).toMatchObject({
      items: [{ resolvedAt: setting.clock.now().toISOString() }],
    })
  })

  it('asks for no blind label that the audit report would set aside', async () => {
    const setting = await setUpReview(await database(), 1)
    await setting.store([
      { id: 't1', ...sure },
      { id: 't2', ...unsure },
    ])
    const facet = await setting.deps.facets.require('category')
    const ids = await setting.deps.facets.ensureLabels(facet.id, ['billing'])
    const imported = { provenance: 'import', blind: false } as const
    const annotation = { threadId: 't1', facetId: facet.id, labelId: ids.get('billing')!, ...imported }
    await setting.deps.annotations.append([annotation], agent)
    setting.clock.advance(1000)
    // The model may have learned from t1, which was labelled before it was drawn.
    await setting.activate(keywords)
    await setting.announce(['t1', 't2'])
    await setting.drain()
    const drawn = await setting.db.sql('audit_slice').orderBy('thread_id').pluck('thread_id')
    expect(drawn).toEqual(['t1', 't2'])
    const { items } = await queueOf(setting)
    expect(items.map(({ threadId, why }) => [threadId, why])).toEqual([['t2', 'audit']])
  })
})
