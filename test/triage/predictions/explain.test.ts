import { expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { createKeyStore } from '../../../src/access/key-store.ts'
import { createKey } from '../../../src/access/manage-keys.ts'
import { createSimilarExamples } from '../../../src/models/explanations/similar-examples.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { fourDigits } from '../../../src/platform/four-digits.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import type { ExplainedPost } from '../../../src/triage/predictions/explain-prediction.ts'
import { explainRoutes } from '../../../src/triage/predictions/explain-routes.ts'
import { addThreads, supervisor } from '../../labels/support.ts'
import { corpus } from '../../models/corpus.ts'
import { addLabelled, annotate, type ModelTestDeps, setUpModels } from '../../models/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase } from '../../support/databases.ts'

const INVOICE = { facet: 'category', title: 'Ma FACTURE', body: 'Un **souci** avec le prélèvement de mars' }
const WIFI = { facet: 'category', body: 'Since Monday the router has no wifi signal' }

describeEachDatabase('explaining a classification', (database) => {
  /** Threads about accounts are internal, the others public. */
  async function setUp({ train = true } = {}) {
    const at = await database()
    const setting = await setUpModels(at)
    const all = corpus()
    await addLabelled(
      setting,
      all.filter(({ label }) => label !== 'account'),
    )
    const internal = all.filter(({ label }) => label === 'account')
    await addThreads(setting, internal, { name: 'staff', audience: 'internal' })
    await annotate(setting, internal)
    if (train) await trainFacet(setting, { facet: 'category', actor: supervisor })
    const deps = {
      threads: setting.threads,
      facets: setting.facets,
      models: setting.registry,
      measurements: createMeasurementStore(at.db, setting.clock),
      similar: createSimilarExamples(setting),
    }
    const { app, keyFor } = await buildTestApp(at, [explainRoutes(deps)], { clock: setting.clock })
    const agent = await keyFor('agent')
    const ask = async (payload: object, headers = agent.headers) => {
      const answer = await app.inject({ method: 'POST', url: '/api/classify/explain', headers, payload })
      return { status: answer.statusCode, body: answer.json() }
    }
    const explained = async (payload: object, headers = agent.headers): Promise<ExplainedPost> =>
      (await ask(payload, headers)).body
    return { setting, all, ask, explained, app, keyFor }
  }

  async function keyOfThePublic({ db, clock, audit }: ModelTestDeps) {
    const keys = createKeyStore(db, clock)
    const wanted = { name: 'widget', roles: ['router'], audience: 'public', actor: commandLine } as const
    const { token } = await createKey({ db, clock, keys, audit }, wanted)
    return { authorization: `Bearer ${token}` }
  }

  it('explains a stored thread like its text, with other threads that are like it', async () => {
    const { setting, all, app, keyFor, explained } = await setUp()
    const agent = await keyFor('agent')
    const get = async (url: string, headers: Record<string, string> = agent.headers) => {
      const answer = await app.inject({ url: `/api/threads/${url}`, headers })
      return { status: answer.statusCode, body: answer.json() }
    }
    const { id, title = '', question = '' } = all.find(({ label }) => label === 'billing')!
    const { status, body } = await get(`${id}/explanation?facet=category&label=network`)
    expect(status).toBe(200)
    const { similar, ...rest } = await explained({
      facet: 'category',
      title,
      body: question,
      label: 'network',
    })
    expect(body).toMatchObject(rest)
    expect(similar.map(({ threadId }) => threadId)).toContain(id)
    expect(body.similar.length).toBeGreaterThan(0)
    expect(body.similar.map(({ threadId }: { threadId: string }) => threadId)).not.toContain(id)
    const internal = all.find(({ label }) => label === 'account')!
    const hidden = await get(`${internal.id}/explanation`, await keyOfThePublic(setting))
    expect(hidden).toMatchObject({ status: 404, body: { code: 'THREAD_NOT_FOUND' } })
  })

  it('names the words for and against in French and English, which add up, and posts like it', async () => {
    const { explained } = await setUp()
    const french = await explained(INVOICE)
    expect(french).toMatchObject({
      facet: 'category',
      label: 'billing',
      modelVersion: 1,
      text: 'Ma FACTURE\nUn souci avec le prélèvement de mars',
      similarPending: false,
    })
    expect(french.for.map(({ text }) => text)).toEqual(expect.arrayContaining(['FACTURE', 'prélèvement']))
    const english = await explained(WIFI)
    expect(english.label).toBe('network')
    expect(english.for.map(({ text }) => text)).toEqual(expect.arrayContaining(['router', 'wifi', 'signal']))

    for (const { spans, constant, logit, text, similar, label } of [french, english]) {
      expect(spans.reduce((sum, { contribution }) => sum + contribution, constant)).toBeCloseTo(logit, 6)
      for (const span of spans) expect(text.slice(span.start, span.end)).toBe(span.text)
      expect(similar).toHaveLength(5)
      expect(similar[0]).toMatchObject({ label, threadId: expect.stringContaining(label) })
      const scores = similar.map(({ score }) => score)
      expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    }
  })

  it('explains another label than the likeliest, and the logits make the probabilities', async () => {
    const { explained } = await setUp()
    const answers = await Promise.all(
      ['account', 'billing', 'network'].map((label) => explained({ ...WIFI, label })),
    )
    const weights = answers.map(({ logit, temperature }) => Math.exp(logit / temperature))
    const sum = weights.reduce((a, b) => a + b)
    answers.forEach(({ probability }, c) => {
      expect(probability).toBe(fourDigits(weights[c]! / sum))
    })
    expect(answers[1]?.against.map(({ text }) => text)).toContain('router')
  })

  it('shows similar posts only as far as the caller may see threads', async () => {
    const { explained, setting } = await setUp()
    const password = { facet: 'category', body: 'My password: trouble with my password' }
    const inside = await explained(password)
    expect(inside.similar[0]?.label).toBe('account')
    const headers = await keyOfThePublic(setting)
    const outside = await explained(password, headers)
    expect(outside).toMatchObject({ label: 'account', logit: inside.logit })
    expect(outside.similar.length).toBeGreaterThan(0)
    expect(outside.similar.map(({ label }) => label)).not.toContain('account')

    await setting.db.sql('sources').where({ name: 'forum' }).update({ audience: 'internal' })
    expect((await explained(password, headers)).similar).toEqual([])
  })

  it('shows what the model learned from: nothing drawn for the audit slice, labelled later or otherwise, or removed', async () => {
    const { explained, setting, all } = await setUp()
    const { db, clock } = setting
    clock.advance(60_000)
    const later = { id: 'later', title: 'the wifi signal', question: 'router', label: 'network' } as const
    await addLabelled(setting, [later])
    const learned = all.filter(({ label }) => label === 'network')
    const [relabelled, removed, drawn] = learned
    await setting.auditSlice.add([drawn!.id])
    const ask = async (thread: { title?: string; question?: string }) =>
      (await explained({ facet: 'category', title: thread.title, body: thread.question })).similar.map(
        ({ threadId }) => threadId,
      )
    expect(await ask(relabelled!)).toContain(relabelled!.id)
    expect(await ask(removed!)).toContain(removed!.id)
    await annotate(setting, [relabelled!], () => 'billing')
    await db.sql('threads').where({ id: removed!.id }).update({ removed_at: clock.now().toISOString() })
    expect(await ask(relabelled!)).not.toContain(relabelled!.id)
    expect(await ask(removed!)).not.toContain(removed!.id)
    expect(await ask(later)).not.toContain('later')
    expect(await ask(drawn!)).not.toContain(drawn!.id)
  })

  it('states that they are pending while the labelled posts are still being read', async () => {
    const { setting } = await setUp()
    let goOn = () => {}
    const reading = new Promise<[]>((resolve) => {
      goOn = () => resolve([])
    })
    const starterExamples = { ...setting.starterExamples, of: () => reading }
    const similar = createSimilarExamples({ ...setting, starterExamples }, { patienceMs: 5 })
    const [model] = await setting.registry.active()
    const search = { reader: 'internal', limit: 3 } as const
    expect(await similar.find(model!, 'wifi', search)).toBeUndefined()
    goOn()
    const found = () => similar.find(model!, 'wifi', search)
    await expect.poll(found).toHaveLength(3)
    expect(await similar.find(model!, '龍', search)).toEqual([])
  })

  it('refuses what it cannot explain, with a code', async () => {
    const { ask, keyFor, app } = await setUp({ train: false })
    expect(await ask({ ...WIFI, facet: 'mood' })).toMatchObject({
      status: 404,
      body: { code: 'FACET_NOT_FOUND' },
    })
    expect(await ask(WIFI)).toMatchObject({ status: 409, body: { code: 'EXPLAIN_NO_MODEL' } })
    for (const body of [{}, { body: 'x' }, { ...WIFI, body: '' }, { ...WIFI, extra: 1 }])
      expect(await ask(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    expect((await ask(WIFI, (await keyFor('admin')).headers)).status).toBe(409)
    const url = '/api/classify/explain'
    expect((await app.inject({ method: 'POST', url, payload: WIFI })).statusCode).toBe(401)
  })

  it('refuses a label that the model does not know', async () => {
    const { ask } = await setUp()
    expect(await ask({ ...WIFI, label: 'weather' })).toMatchObject({
      status: 422,
      body: { code: 'EXPLAIN_LABEL_UNKNOWN', detail: expect.stringContaining('weather') },
    })
  })
})
