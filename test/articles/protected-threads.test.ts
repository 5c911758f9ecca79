import { expect, it } from 'vitest'
import { createKeyStore } from '../../src/access/key-store.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { articleRoutes } from '../../src/articles/routes.ts'
import { createGuidelineStore } from '../../src/labels/guideline-store.ts'
import { labelJobs } from '../../src/labels/jobs.ts'
import { createRatingStore } from '../../src/labels/rating-store.ts'
import { labelRoutes } from '../../src/labels/routes.ts'
import { newId } from '../../src/platform/ids.ts'
import { searchJobs } from '../../src/search/jobs.ts'
import { searchRoutes } from '../../src/search/routes.ts'
import { curateRoutes } from '../../src/threads/merge-routes.ts'
import { protectionRoutes } from '../../src/threads/protections/protection-routes.ts'
import { threadRoutes } from '../../src/threads/routes.ts'
import { triageJobs } from '../../src/triage/jobs.ts'
import { createMeasurementStore } from '../../src/triage/measurements/measurement-store.ts'
import type { FacetModel } from '../../src/triage/predictions/prediction.ts'
import { createConditionReading } from '../../src/triage/routing/condition-reading.ts'
import { createDecisionStore } from '../../src/triage/routing/decision-store.ts'
import { createRuleSetStore } from '../../src/triage/routing/rule-set-store.ts'
import { buildTestApp } from '../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { drainJobs } from '../support/drain-jobs.ts'
import { setUpReceivers } from '../webhooks/receivers.ts'
import { actor, openWorld } from './world.ts'

const maya = actor('maya', 'internal', 'knowledge-manager')
const sol = actor('sol', 'internal', 'supervisor', 'agent')
const ada = actor('ada', 'internal', 'agent')
/** Sees what customers see. */
const rita = actor('rita', 'public', 'agent')

const answered = (title: string, labels?: Record<string, string>) => ({
  title,
  question: `${title}. What should I do?`,
  answers: [{ body: `Call the desk about it: ${title.toLowerCase()}.`, accepted: true }],
  ...(labels && { labels }),
})

/** A public forum: a thread labelled sensitive, an ordinary one, and one without a label for a model to judge. */
async function setUp(database: TestDatabase, { mourning = 0.9 } = {}) {
  const world = await openWorld(database)
  const { db, clock } = world
  const id = await world.importThreads('forum', 'public', {
    widow: answered('Widowed and locked out', { sensitivity: 'sensitive' }),
    router: answered('Router blinks orange', { sensitivity: 'ordinary' }),
    funeral: answered('Funeral costs on the invoice'),
  })
  const facet = await world.facets.require('sensitivity')
  const versionId = newId('ver', clock.now())
  await db.sql('model_versions').insert({
    id: versionId,
    facet_id: facet.id,
    number: 1,
    status: 'active',
    artefact_hash: '',
    report: '{}',
    reason: '',
    annotations_seen: 0,
    labels_read_at: clock.now().toISOString(),
    created_at: clock.now().toISOString(),
  })
  /** Finds sensitive what speaks of a funeral, so likely as stated, and assigns it to nothing. */
  const model: FacetModel = {
    facet: facet.name,
    facetId: facet.id,
    versionId,
    version: 1,
    budgets: '',
    classifier: {
      classify: (text) => {
        const sensitive = text.includes('uneral') ? mourning : 0.1
        const alternatives = [
          { label: 'sensitive', confidence: sensitive },
          { label: 'ordinary', confidence: 1 - sensitive },
        ].sort((a, b) => b.confidence - a.confidence)
        return { ...alternatives[0]!, novelty: 0, decision: 'abstained', reason: 'unsure', alternatives }
      },
    },
  }
  const triage = {
    ...world,
    models: { active: async () => [model], unreadable: () => [] },
    reading: createConditionReading(),
    ruleSets: createRuleSetStore(db, clock),
    decisions: createDecisionStore(db, clock),
    measurements: createMeasurementStore(db, clock),
  }
  const labelling = {
    ...world,
    ratings: createRatingStore(db),
    guidelines: createGuidelineStore(db, clock),
    keys: createKeyStore(db, clock),
  }
  const receivers = setUpReceivers(world)
  const routing = { activeWithinDays: 'any' } as const
  await receivers.add('staff', { routing })
  await receivers.add('world', { audience: 'public', routing })
  const handlers = [
    ...labelJobs(world),
    ...searchJobs(world),
    ...articleJobs(world),
    ...triageJobs(triage),
    ...receivers.handlers,
  ]
  const people = [maya, sol, ada, rita]
  const { app } = await buildTestApp(
    database,
    [
      threadRoutes(world),
      curateRoutes(world),
      protectionRoutes(world),
      articleRoutes(world),
      searchRoutes(world),
      labelRoutes(labelling),
    ],
    { clock, resolveKey: async (token) => people.find(({ name }) => name === token) },
  )
  const call = async (
    who: string | undefined,
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    body?: object,
  ) => {
    clock.advance(1)
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers: who === undefined ? {} : { authorization: `Bearer ${who}` },
      ...(body && { body }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const drain = async () => {
    await drainJobs(world, handlers)
    clock.advance(10_000)
    await drainJobs(world, handlers)
  }
  return {
    world,
    id,
    receivers,
    call,
    drain,
    /** Locks what is sensitive, in force or at least so likely. */
    async protect(from = 0.6) {
      await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: from })
      await drain()
    },
    titlesSeenBy: async (who: string) => {
      const { body } = await call(who, 'GET', '/threads?limit=50')
      return body.items.map(({ title }: { title: string }) => title).sort()
    },
    found: async (who: string | undefined, query: string) => {
      const { body } = await call(who, 'GET', `/search?q=${encodeURIComponent(query)}`)
      return body.items.map((hit: { id: string }) => hit.id)
    },
    promote: (name: string, who = 'maya') => call(who, 'POST', `/threads/${id(name)}/promote`),
    publish: (articleId: string, audience = 'public') =>
      call('maya', 'POST', `/articles/${articleId}/publish`, { audience }),
    ask: (name: string, who = 'maya') =>
      call(who, 'POST', `/threads/${id(name)}/release/request`, { reason: 'She agreed' }),
    confirm: (name: string, who: string) => call(who, 'POST', `/threads/${id(name)}/release/confirm`),
    withdraw: (name: string, who: string) => call(who, 'POST', `/threads/${id(name)}/release/withdraw`),
  }
}

const all = ['Funeral costs on the invoice', 'Router blinks orange', 'Widowed and locked out']

describeEachDatabase('a sensitive thread', (database) => {
  it('is shown to nobody outside the company, in lists, by its id, in search, whether labelled or predicted so', async () => {
    const { protect, titlesSeenBy, found, call, id } = await setUp(await database())
    expect(await titlesSeenBy('rita')).toEqual(all)
    expect(await found(undefined, 'widowed')).toEqual([id('widow')])
    await protect()
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    expect(await titlesSeenBy('ada')).toEqual(all)
    for (const name of ['widow', 'funeral']) {
      expect(await call('rita', 'GET', `/threads/${id(name)}`)).toMatchObject({
        status: 404,
        body: { code: 'THREAD_NOT_FOUND' },
      })
      expect(await found(undefined, name === 'widow' ? 'widowed' : 'funeral')).toEqual([])
      expect(await found('ada', name === 'widow' ? 'widowed' : 'funeral')).toEqual([id(name)])
    }
    expect((await call('ada', 'GET', `/threads/${id('widow')}`)).body).toMatchObject({
      audience: 'internal',
      protection: { facet: 'sensitivity', label: 'sensitive', basis: 'label', state: 'locked' },
    })
    expect((await call('ada', 'GET', `/threads/${id('funeral')}`)).body.protection).toMatchObject({
      basis: 'prediction',
      probability: 0.9,
    })
    const { body } = await call('ada', 'GET', '/protections?state=locked')
    expect(body.items.map(({ title }: { title: string }) => title).sort()).toEqual([all[0], all[2]])
    expect(await call('rita', 'GET', '/protections')).toMatchObject({
      body: { code: 'PROTECTIONS_FORBIDDEN' },
    })
  })

  it('is protected by a prediction only from the stated probability on', async () => {
    const { protect, titlesSeenBy, call } = await setUp(await database(), { mourning: 0.55 })
    await protect(0.6)
    expect(await titlesSeenBy('rita')).toEqual(all.slice(0, 2))
    await protect(0.5)
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: 0.1 }).then((answer) =>
      expect(answer.status).toBe(400),
    )
  })

  it('becomes no article until a second person confirms; who asked cannot, and each step is audited', async () => {
    const { world, protect, promote, publish, ask, confirm, titlesSeenBy, drain, id, found } = await setUp(
      await database(),
    )
    await protect()
    expect(await promote('widow')).toMatchObject({
      status: 409,
      body: { code: 'THREAD_PROTECTED', detail: expect.stringContaining('sensitivity: sensitive') },
    })
    expect(await confirm('widow', 'sol')).toMatchObject({
      status: 409,
      body: { code: 'RELEASE_NOT_REQUESTED' },
    })
    expect((await ask('widow')).body).toMatchObject({
      state: 'requested',
      requested: { by: { name: 'maya' } },
    })
    expect((await promote('widow')).body.code).toBe('THREAD_PROTECTED')
    expect(await confirm('widow', 'maya')).toMatchObject({
      status: 403,
      body: { code: 'RELEASE_SAME_PERSON' },
    })
    expect((await confirm('widow', 'ada')).status).toBe(403)
    expect((await confirm('widow', 'sol')).body).toMatchObject({
      state: 'released',
      requested: { by: { name: 'maya' }, reason: 'She agreed' },
      released: { by: { name: 'sol' } },
    })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all.slice(1))
    const promoted = await promote('widow')
    expect(promoted.status).toBe(201)
    expect((await publish(promoted.body.id)).status).toBe(200)
    expect(await found(undefined, 'widowed')).toContain(promoted.body.id)
    expect((await ask('router')).body).toMatchObject({ code: 'THREAD_NOT_PROTECTED' })
    const log = await world.audit.list({ target: id('widow'), limit: 10 })
    expect(log.items.map(({ action, actor: { name } }) => `${action} by ${name}`)).toEqual([
      'release.confirmed by sol',
      'release.requested by maya',
    ])
  })

  it('takes its article back from readers outside when it turns out sensitive later, and gives it back when released', async () => {
    const { protect, promote, publish, call, ask, confirm, drain, found, id } = await setUp(await database())
    const { body: article } = await promote('router')
    await publish(article.id)
    const { body: draft } = await promote('widow')
    await protect()
    expect((await publish(draft.id)).body.code).toBe('THREAD_PROTECTED')
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(200)
    await call('ada', 'POST', `/threads/${id('router')}/annotations`, {
      facet: 'sensitivity',
      label: 'sensitive',
    })
    await drain()
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(404)
    expect(await found(undefined, 'orange')).toEqual([])
    expect(await found('ada', 'orange')).toContain(article.id)
    await ask('router')
    await confirm('router', 'sol')
    await drain()
    expect((await call(undefined, 'GET', `/articles/${article.id}`)).status).toBe(200)
    expect(await found(undefined, 'orange')).toContain(article.id)
  })

  it('is not unlocked by one person who labels it otherwise: that asks for its release', async () => {
    const { protect, call, drain, titlesSeenBy, confirm, id } = await setUp(await database())
    await protect()
    for (const name of ['widow', 'funeral'])
      await call('ada', 'POST', `/threads/${id(name)}/annotations`, {
        facet: 'sensitivity',
        label: 'ordinary',
      })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(['Router blinks orange'])
    const { body } = await call('sol', 'GET', '/protections?state=requested')
    expect(body.items).toHaveLength(2)
    expect(body.items[0].requested).toMatchObject({
      by: { name: 'ada' },
      reason: 'Labelled sensitivity: ordinary',
    })
    await confirm('widow', 'sol')
    await confirm('funeral', 'maya')
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all)
  })

  it('is locked again by one person, and by a label where only a prediction had been released', async () => {
    const { protect, call, drain, titlesSeenBy, ask, confirm, withdraw, id } = await setUp(await database())
    await protect()
    await ask('funeral')
    await confirm('funeral', 'sol')
    await drain()
    expect(await titlesSeenBy('rita')).toContain(all[0])
    await withdraw('funeral', 'ada')
    await drain()
    expect(await titlesSeenBy('rita')).not.toContain(all[0])
    await ask('funeral')
    await confirm('funeral', 'sol')
    await call('ada', 'POST', `/threads/${id('funeral')}/annotations`, {
      facet: 'sensitivity',
      label: 'sensitive',
    })
    await drain()
    expect(await titlesSeenBy('rita')).not.toContain(all[0])
  })

  it('stays locked in the thread that it is merged into', async () => {
    const { protect, call, drain, titlesSeenBy, promote, id } = await setUp(await database())
    await protect()
    await call('sol', 'POST', `/threads/${id('widow')}/merge`, { into: id('router') })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual([])
    expect((await promote('router')).body.code).toBe('THREAD_PROTECTED')
  })

  it('is told by webhooks to endpoints of the company alone', async () => {
    const { world, protect, receivers, drain, id } = await setUp(await database())
    await protect()
    await receivers.received()
    await world.db.sql('routing_decisions').delete()
    const threadIds = ['widow', 'router'].map(id)
    await world.outbox.append({ type: 'threads.changed', sourceId: 'src', importId: 'imp', threadIds })
    await drain()
    const told = (await receivers.received()).map(({ to, data }) => [
      to,
      (data as { thread?: { id: string } }).thread?.id,
    ])
    expect(told).toContainEqual(['staff', id('widow')])
    expect(told).toContainEqual(['world', id('router')])
    expect(told).not.toContainEqual(['world', id('widow')])
  })

  it('is protected no more when the label no longer protects', async () => {
    const { protect, call, drain, titlesSeenBy } = await setUp(await database())
    await protect()
    await call('sol', 'PATCH', '/facets/sensitivity/labels/sensitive', { protectFrom: null })
    await drain()
    expect(await titlesSeenBy('rita')).toEqual(all)
  })
})
