import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { someDocument } from '../some-documents.ts'
import { openWorld, type World } from '../synonyms/world.ts'

describeEachDatabase.always('judged searches', (database) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(await database())
    const article = (id: string, title: string, given: object = {}) =>
      someDocument(id, { kind: 'article', source: undefined, title, ...given })
    await world.app.search.documents.put([
      article('plan', 'Change your plan'),
      article('price', 'What a plan costs', {
        body: 'The plan, the plan and the plan again: what a plan costs.',
      }),
      article('death', 'After a bereavement'),
      article('board', 'Plan of the board', { audience: 'internal' }),
    ])
  })
  afterAll(() => world.close())

  const call = (...args: Parameters<World['call']>) => world.call(...args)
  const judged = async (who: 'internal' | 'public' = 'internal') =>
    (await call(who, 'GET', '/search/judged')).body
  const add = async (text: string, who: 'internal' | 'public' = 'internal') =>
    call(who, 'POST', '/search/judged', { text, language: 'en' })
  const judge = (id: string, documentId: string, answers: boolean, who: 'internal' | 'public' = 'internal') =>
    call(who, 'PUT', `/search/judged/${id}/judgements/${documentId}`, { answers })

  it('tell, by the places of what answers them, how well search does', async () => {
    expect(await judged()).toEqual({ relevance: { searches: 0, mrr: 0, top1: 0, top3: 0 }, items: [] })
    const { status, body: plan } = await add('  the   plan ')
    expect([status, plan]).toEqual([201, expect.objectContaining({ text: 'the plan', language: 'en' })])
    const { results } = (await call('internal', 'GET', `/search/judged/${plan.id}`)).body
    const places = results.map(({ item }: { item: { id: string } }) => item.id)
    const [first, second] = places
    expect(await judged()).toMatchObject({ relevance: { searches: 0 }, items: [{ answers: 0 }] })

    await judge(plan.id, first, true)
    expect(await judged()).toMatchObject({ relevance: { searches: 1, mrr: 1, top1: 1, top3: 1 } })
    await judge(plan.id, first, false)
    await judge(plan.id, second, true)
    expect(await judged()).toMatchObject({
      relevance: { searches: 1, mrr: 0.5, top1: 0, top3: 1 },
      items: [{ answers: 1, place: 2, unjudged: places.length - 2 }],
    })
    const again = (await call('internal', 'GET', `/search/judged/${plan.id}`)).body
    expect(again.results[1].judgement).toMatchObject({ answers: true, by: 'internal' })

    const { body: lost } = await add('after a death')
    await judge(lost.id, 'death', true)
    expect(await judged()).toMatchObject({ relevance: { searches: 2, mrr: 0.25, top1: 0, top3: 0.5 } })
    const { beyond } = (await call('internal', 'GET', `/search/judged/${lost.id}`)).body
    expect(beyond).toEqual([expect.objectContaining({ id: 'death', title: 'After a bereavement' })])
  })

  it('show what a change of the synonyms would do to them, before it is saved', async () => {
    const words = [{ text: 'death' }, { text: 'bereavement' }]
    const preview = await call('internal', 'POST', '/search/synonyms/preview', { add: [{ words }] })
    expect(preview.body.relevance).toMatchObject({
      before: { searches: 2, mrr: 0.25 },
      after: { searches: 2, mrr: 0.75, top1: 0.5 },
      better: 1,
      worse: 0,
    })
    await world.save({ add: [{ words }] })
    expect(await judged()).toMatchObject({ relevance: { mrr: 0.75 } })
  })

  it('are added once, whatever their case and spaces, also by many at once', async () => {
    const answers = await Promise.all(['roaming', 'Roaming', ' ROAMING '].map((text) => add(text)))
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 201])
  })

  it('belong to the audience of whoever added them, and what is closed leaves no trace in them', async () => {
    const { body: inside } = await add('plan board')
    await judge(inside.id, 'board', true)
    const { body: open } = await add('plan board', 'public')
    expect(open.id).not.toBe(inside.id)
    expect((await judged('public')).items.map(({ id }: { id: string }) => id)).toEqual([open.id])
    for (const [method, path, body] of [
      ['GET', `/search/judged/${inside.id}`, undefined],
      ['DELETE', `/search/judged/${inside.id}`, undefined],
      ['PUT', `/search/judged/${inside.id}/judgements/plan`, { answers: true }],
      ['DELETE', `/search/judged/${inside.id}/judgements/board`, undefined],
    ] as const)
      expect((await call('public', method, path, body)).status).toBe(404)

    expect((await judge(open.id, 'board', true, 'public')).body.code).toBe('JUDGED_DOCUMENT_NOT_FOUND')
    expect((await judge(open.id, 'nowhere', true, 'public')).body.code).toBe('JUDGED_DOCUMENT_NOT_FOUND')
    await judge(open.id, 'board', true)
    const before = await judged('public')
    expect(before).toMatchObject({ relevance: { searches: 0 }, items: [{ answers: 0 }] })
    expect(JSON.stringify((await call('public', 'GET', `/search/judged/${open.id}`)).body)).not.toContain(
      '"id":"board"',
    )
    expect((await judged()).items.find(({ id }: { id: string }) => id === open.id)).toMatchObject({
      answers: 1,
    })
  })

  it('are taken back and removed, which the audit log tells', async () => {
    const { body: search } = await add('change the price')
    await judge(search.id, 'price', true)
    const target = `/search/judged/${search.id}/judgements/price`
    expect((await call('internal', 'DELETE', target)).status).toBe(204)
    expect((await call('internal', 'DELETE', target)).status).toBe(204)
    expect((await call('internal', 'GET', `/search/judged/${search.id}`)).body.results[0].judgement).toEqual(
      {},
    )
    expect((await call('internal', 'DELETE', `/search/judged/${search.id}`)).status).toBe(204)
    expect((await call('internal', 'DELETE', `/search/judged/${search.id}`)).body.code).toBe(
      'JUDGED_SEARCH_NOT_FOUND',
    )
    const actions = await world.app.platform.db
      .sql('audit_log')
      .where({ target: `judged-search/${search.id}` })
      .orderBy('id')
      .pluck('action')
    expect(actions.toSorted()).toEqual([
      'judged-search.added',
      'judged-search.judged',
      'judged-search.judgement-taken-back',
      'judged-search.removed',
    ])
  })

  it('refuse what is empty, personal, too long or too much, and keep what there was', async () => {
    const count = (await judged()).items.length
    const refused = async (text: string) => (await add(text)).body.code
    expect(await refused('  \u0000 ')).toMatch(/VALIDATION_FAILED|JUDGED_SEARCH_EMPTY/)
    expect(await refused('?!')).toBe('JUDGED_SEARCH_EMPTY')
    expect(await refused('mail jeanne.martin@example.org')).toBe('JUDGED_SEARCH_PERSONAL')
    expect((await add('x'.repeat(201))).status).toBe(400)
    expect((await judged()).items).toHaveLength(count)
    for (let at = count; at <= 200; at++) await add(`question number ${at}`)
    expect(await refused('one more question')).toBe('JUDGED_SEARCHES_FULL')
  })
})
