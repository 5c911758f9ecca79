import { expect, it } from 'vitest'
import { measureFacet } from '../../../src/insight/drift/measure-facet.ts'
import { presentReports } from '../../../src/insight/drift/present-report.ts'
import { driftRoutes } from '../../../src/insight/routes.ts'
import { correctLabel } from '../../../src/labels/annotate-thread.ts'
import { createAuditSliceStore } from '../../../src/models/training/audit-slice-store.ts'
import { addThreads, agent, eventsOf } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { DAY_MS, decoderPosts, keywords, setUpDrift, usualPosts } from './setting.ts'

type App = Awaited<ReturnType<typeof setUpDrift>>

const category = { facet: 'category' }
const scopeOf = (report: { scopes: readonly { scope: string }[] }, scope: string) =>
  report.scopes.find((each) => each.scope === scope)

/** A community with a past, a model in force since the first of January, and `posts` in the week after it. */
async function inForce(house: App, posts: Parameters<App['ask']>[0]) {
  await house.ask(usualPosts('old', 200, house.askedOn(60)))
  await house.activate(keywords)
  await house.drain()
  house.clock.advance(7 * DAY_MS)
  await house.ask(posts)
}

describeEachDatabase.rarely('drift', (database) => {
  it('is measured each night against what the model in force was trained on, and finds nothing where nothing changed', async () => {
    const house = await setUpDrift(await database())
    await house.ask(usualPosts('old', 200, house.askedOn(60)))
    await house.activate(keywords)
    expect(await house.drain()).toEqual(['insight.take-snapshot'])
    expect((await house.deps.jobs.nextDue())?.toISOString()).toBe('2026-01-01T02:00:00.000Z')
    house.clock.advance(7 * DAY_MS)
    await house.ask(usualPosts('new', 120, house.askedOn(-4)))
    // Seven nights were missed: they are made up for by one.
    expect(await house.drain()).toEqual(['insight.drift-daily', 'insight.measure-drift'])
    expect((await house.deps.jobs.nextDue())?.toISOString()).toBe('2026-01-08T02:00:00.000Z')
    const { id: facetId } = await house.facets.require('category')
    const { items } = await house.insight.reports.list(facetId, { limit: 10 })
    expect(items).toMatchObject([{ day: '2026-01-08', modelVersion: 1, window: { days: 7 }, alarms: [] }])
    expect(scopeOf(items[0]!, 'all')).toMatchObject({
      status: 'measured',
      figures: { posts: 120, referencePosts: 200, vocabulary: { unknownShare: { before: 1, now: 1 } } },
    })
    expect(scopeOf(items[0]!, 'fr')).toMatchObject({ status: 'measured', figures: { posts: 60 } })
    house.clock.advance(DAY_MS)
    await house.drain()
    expect((await house.insight.reports.list(facetId, { limit: 10 })).items.map(({ day }) => day)).toEqual([
      '2026-01-09',
      '2026-01-08',
    ])
    expect(await eventsOf(house.db, 'drift.found')).toEqual([])
  })

  it('reports new words, fallen confidence and coverage with examples, and tells of them once a day', async () => {
    const house = await setUpDrift(await database())
    const at = house.askedOn(-4)
    await inForce(house, [...usualPosts('new', 80, at), ...decoderPosts('lum', 60, at)])
    const stored = await measureFacet(house.insight, category)
    await measureFacet(house.insight, category)
    const [report] = await presentReports(house.insight, [stored], 'internal')
    const kinds = report?.alarms.filter(({ scope }) => scope === 'all').map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['vocabulary', 'confidence', 'coverage']))
    const figures = report?.scopes[0]?.figures
    expect(figures?.vocabulary.risen.map(({ word }) => word)).toEqual(
      expect.arrayContaining(['lumora', 'decoder', 'décodeur', 'screen', 'écran']),
    )
    const lumora = figures?.vocabulary.risen.find(({ word }) => word === 'lumora')
    expect(lumora).toMatchObject({ now: 60, before: 0 })
    expect(lumora?.examples).toHaveLength(5)
    for (const { threadId, title, path } of lumora?.examples ?? []) {
      expect(title).toMatch(/Lumora/)
      expect(path).toBe(`/api/threads/${threadId}`)
    }
    expect(report?.alarms.find(({ kind }) => kind === 'vocabulary')?.statement).toMatch(
      /“lumora” \(60, 0 before\)/,
    )
    expect(await eventsOf(house.db, 'drift.found')).toMatchObject([
      { facet: 'category', reportId: stored.id },
    ])
  })

  it('says that there are too few posts rather than guess', async () => {
    const house = await setUpDrift(await database())
    await inForce(house, decoderPosts('lum', 20, house.askedOn(-4)))
    const { scopes, alarms, window } = await measureFacet(house.insight, category)
    expect(window.days).toBe(28)
    expect(alarms).toEqual([])
    expect(scopes).toMatchObject([
      { scope: 'all', status: 'too-few-posts', posts: 20, referencePosts: 200 },
      { scope: 'fr', status: 'too-few-posts', posts: 10 },
      { scope: 'en', status: 'too-few-posts', posts: 10 },
    ])
    await expect(measureFacet(house.insight, { facet: 'message-kind' })).rejects.toMatchObject({
      code: 'DRIFT_NO_MODEL',
    })
  })

  it('neither measures posts that the model learned from nor measures against them', async () => {
    const house = await setUpDrift(await database())
    const old = usualPosts('old', 200, house.askedOn(60))
    await house.ask(old)
    for (const { id: threadId } of old.slice(0, 50))
      await correctLabel(house.deps, { threadId, facet: 'category', label: 'billing', actor: agent })
    await createAuditSliceStore(house.db, house.clock).add(old.slice(40, 60).map(({ id }) => id))
    await house.activate(keywords)
    const { scopes } = await measureFacet(house.insight, category)
    expect(scopes[0]).toMatchObject({ referencePosts: 160 })
    const [snapshot] = await house.db.sql('drift_snapshots')
    expect(JSON.parse(snapshot.data)).toMatchObject({ learned: 40 })
  })

  it('measures against posts that it learned from by their held-out predictions', async () => {
    const house = await setUpDrift(await database())
    const old = usualPosts('old', 60, house.askedOn(60))
    await house.ask(old)
    for (const { id: threadId } of old)
      await correctLabel(house.deps, { threadId, facet: 'category', label: 'billing', actor: agent })
    const prediction = { truth: 'billing', label: 'network', confidence: 0.25, assigned: false }
    house.unseen.push(...old.map(({ id }) => ({ id, ...prediction })))
    await house.activate(keywords)
    const { scopes } = await measureFacet(house.insight, category)
    expect(scopes[0]).toMatchObject({ referencePosts: 60 })
    const [{ data }] = await house.db.sql('drift_snapshots')
    for (const [, label, confidence, assigned] of JSON.parse(data).posts)
      expect([label, confidence, assigned]).toEqual(['network', 0.25, 0])
  })

  it('goes on counting where a process that died had stopped', async () => {
    const house = await setUpDrift(await database())
    const ids = Array.from({ length: 1500 }, (_, i) => `thr_${String(i).padStart(5, '0')}`)
    await addThreads(
      house.deps,
      ids.map((id) => ({ id, title: 'An invoice', question: `Case ${id}` })),
    )
    const facet = await house.facets.require('category')
    const labels = await house.facets.ensureLabels(facet.id, ['billing'])
    const prediction = { facetId: facet.id, labelId: labels.get('billing')!, provenance: 'agent' } as const
    for (let from = 0; from < ids.length; from += 250)
      await house.annotations.append(
        ids.slice(from, from + 250).map((threadId) => ({ ...prediction, threadId })),
        agent,
      )
    const model = await house.activate(keywords)
    const dying = {
      ...house.insight,
      snapshots: {
        ...house.insight.snapshots,
        async saveProgress(...args: Parameters<typeof house.insight.snapshots.saveProgress>) {
          await house.insight.snapshots.saveProgress(...args)
          throw new Error('killed')
        },
      },
    }
    await expect(measureFacet(dying, category)).rejects.toThrow('killed')
    expect(await house.insight.snapshots.find(model.versionId)).toMatchObject({
      ready: false,
      position: ids[999],
    })
    const from: string[] = []
    const watched = {
      ...house.insight,
      traffic: {
        ...house.insight.traffic,
        learnedAfter: (...args: Parameters<typeof house.insight.traffic.learnedAfter>) => {
          from.push(args[1].after)
          return house.insight.traffic.learnedAfter(...args)
        },
      },
    }
    await measureFacet(watched, category)
    expect(from).toEqual([ids[999]])
    expect(await house.insight.snapshots.find(model.versionId)).toMatchObject({
      ready: true,
      snapshot: { learned: ids.length },
    })
  })

  it('measures coverage by the budgets in force, before as now', async () => {
    const house = await setUpDrift(await database())
    await inForce(house, usualPosts('new', 80, house.askedOn(-4)))
    const [active] = await house.models.active()
    const strict = {
      ...active!,
      budgets: 'stricter',
      classifier: {
        ...active!.classifier,
        classify: (text: string) => ({
          ...active!.classifier.classify(text),
          decision: 'abstained' as const,
        }),
      },
    }
    const changed = { ...house.insight, models: { active: async () => [strict] } }
    const { scopes, alarms } = await measureFacet(changed, category)
    expect(scopes[0]).toMatchObject({ figures: { coverage: { before: { share: 0 }, now: { share: 0 } } } })
    expect(alarms).toEqual([])
  })

  it('keeps one report a day and one topic when two processes measure at once', async () => {
    const house = await setUpDrift(await database())
    await inForce(house, decoderPosts('lum', 40, house.askedOn(-4)))
    await Promise.all([measureFacet(house.insight, category), measureFacet(house.insight, category)])
    expect(await house.db.sql('drift_reports')).toHaveLength(1)
    const topics = await house.db.sql('topics')
    expect(await eventsOf(house.db, 'topic.proposed')).toHaveLength(topics.length)
    const words = topics.map(({ words }) => JSON.parse(words)[0].term)
    expect(new Set(words).size).toBe(words.length)
  })

  it('tells a reader no word and shows no thread that only others may see', async () => {
    const house = await setUpDrift(await database())
    const at = house.askedOn(-4)
    await inForce(house, usualPosts('new', 60, at))
    await house.ask(decoderPosts('lum', 60, at), { name: 'desk', audience: 'internal' })
    const stored = await measureFacet(house.insight, category)
    const [inside, outside] = await Promise.all(
      (['internal', 'public'] as const).map((reader) => presentReports(house.insight, [stored], reader)),
    )
    expect(JSON.stringify(inside)).toMatch(/lumora/i)
    expect(outside?.[0]?.alarms.length).toBeGreaterThan(0)
    const [alarm] = inside![0]!.alarms
    expect(alarm?.sentence.en).toBe(alarm?.statement)
    expect(alarm?.sentence.fr).toMatch(/messages|modèle/)
    expect(alarm?.sentence.fr).not.toMatch(/'| [:;!?%»]|« /)
    expect(inside?.[0]?.summary.en).toMatch(
      /^The \d+ posts of the last 7 days differ from .*: \d+ changes?\.$/,
    )
    expect(inside?.[0]?.summary.fr).toMatch(/^Les \d+ messages des 7 derniers jours diffèrent /)
    expect(JSON.stringify(outside)).not.toMatch(/lum|screen|écran/i)
  })

  it('is served over HTTP to supervisors and knowledge managers, page by page', async () => {
    const at = await database()
    const house = await setUpDrift(at)
    await inForce(house, usualPosts('new', 60, house.askedOn(-4)))
    const { app, keyFor } = await buildTestApp(at, [driftRoutes(house.insight)], { clock: house.clock })
    const [supervisor, router] = [await keyFor('supervisor'), await keyFor('router')]
    const ask = (url: string, headers = supervisor.headers) =>
      app.inject({ url: `/api/insight${url}`, headers })
    expect((await ask('/drift')).json()).toEqual({ items: [] })
    const measure = (payload: object, headers = supervisor.headers) =>
      app.inject({ method: 'POST', url: '/api/insight/drift/measure', headers, payload })
    expect((await measure({ facet: 'message-kind' })).json()).toMatchObject({ code: 'DRIFT_NO_MODEL' })
    expect((await measure({}, router.headers)).statusCode).toBe(403)
    expect((await measure({})).json()).toEqual({ jobQueued: true })
    await house.drain()
    house.clock.advance(DAY_MS)
    await house.drain()
    const first = (await ask('/drift?limit=1')).json()
    expect(first.items).toMatchObject([{ day: '2026-01-09', facet: 'category', alarms: [] }])
    expect(first.items[0].scopes[0].figures.coverage.now).toHaveProperty('low')
    const second = (await ask(`/drift?limit=1&cursor=${first.next}`)).json()
    expect(second).toMatchObject({ items: [{ day: '2026-01-08' }] })
    expect(second.next).toBeUndefined()
    expect((await ask('/drift', router.headers)).statusCode).toBe(403)
    expect((await ask('/drift?facet=mood')).json()).toMatchObject({ code: 'FACET_NOT_FOUND' })
    const { items } = await house.audit.list({ actor: supervisor.id, limit: 10 })
    expect(items).toMatchObject([{ action: 'drift.measuring-requested' }])
  })
})
