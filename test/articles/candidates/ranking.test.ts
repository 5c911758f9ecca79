import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { manager } from '../world.ts'
import { agent, outside, setUp, solved } from './setting.ts'

describeEachDatabase('candidates for articles', (database) => {
  it('are ranked by views, and by how often they are asked', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      quiet: solved('Printer refuses envelopes', { views: 70 }),
      busy: solved('Router blinks orange', { views: 700 }),
      unseen: solved('Modem smells burnt'),
      twin: solved('Garden camera freezes', { views: 200 }),
      twin2: solved('Garden camera freezes', { views: 200 }),
    })
    expect(await world.titles()).toEqual([
      'Router blinks orange',
      'Garden camera freezes',
      'Printer refuses envelopes',
      'Modem smells burnt',
    ])
    const camera = await world.find('Garden camera freezes')
    expect(camera.demand.askings).toBe(2)
    const { body } = await world.call(manager, 'GET', `/candidates/${camera.id}`)
    expect(body.threads).toHaveLength(2)
    expect(body.factors.recurrence).toBeCloseTo(1.5)
    const { demand, factors } = body
    const product = [factors.recurrence, factors.failedSearches, factors.freshness, factors.usefulShare]
    expect(body.worth).toBeCloseTo(
      product.reduce((worth, factor) => worth * factor, demand.views * factors.contactCost),
      1,
    )
  })

  it('are none of what nobody solved', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      open: { title: 'Why is the sky loud', question: 'Nobody knows why the sky is so loud today.' },
      solved: solved('Router blinks orange'),
    })
    expect(await world.titles()).toEqual(['Router blinks orange'])
  })

  it('are listed page after page, and filtered by type, language, category and words', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      one: solved('Router blinks orange', { views: 900, labels: { category: 'network' } }),
      two: solved('Printer refuses envelopes', { views: 600, labels: { category: 'printing' } }),
      three: solved('Garden camera freezes', { views: 300, labels: { category: 'printing' } }),
    })
    await world.runJobs()
    const first = await world.call(manager, 'GET', '/candidates?limit=2')
    expect(first.body.items).toHaveLength(2)
    const second = await world.call(manager, 'GET', `/candidates?limit=2&cursor=${first.body.next}`)
    expect(second.body.items.map(({ lead }: { lead: { title: string } }) => lead.title)).toEqual([
      'Garden camera freezes',
    ])
    expect(second.body.next).toBeUndefined()
    expect(await world.titles('category=printing')).toEqual([
      'Printer refuses envelopes',
      'Garden camera freezes',
    ])
    expect(await world.titles('text=envelopes')).toEqual(['Printer refuses envelopes'])
    expect(await world.titles('language=fr')).toEqual([])
    expect(await world.titles('type=link')).toEqual([])
    expect((await world.call(manager, 'GET', '/candidates/counts?category=network')).body).toEqual({
      total: 1,
      atLeast: false,
      type: [{ value: 'create', count: 1 }],
      language: [{ value: 'en', count: 1 }],
      category: [
        { value: 'printing', count: 2 },
        { value: 'network', count: 1 },
      ],
    })
    expect((await world.call(manager, 'GET', '/candidates?cursor=abc')).body.code).toBe('CURSOR_INVALID')
  })

  it('are shown to whoever may see all of their threads', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      open: solved('Router blinks orange'),
      both: solved('Garden camera freezes'),
    })
    await world.importThreads('staff', 'internal', {
      secret: solved('Printer refuses envelopes'),
      both2: solved('Garden camera freezes'),
    })
    expect((await world.titles('', agent)).sort()).toEqual([
      'Garden camera freezes',
      'Printer refuses envelopes',
      'Router blinks orange',
    ])
    expect(await world.titles('', outside)).toEqual(['Router blinks orange'])
    expect((await world.call(outside, 'GET', '/candidates/counts')).body.total).toBe(1)
    const secret = await world.find('Printer refuses envelopes')
    expect((await world.call(outside, 'GET', `/candidates/${secret.id}`)).status).toBe(404)
    expect(await world.decide({ decision: 'promote', candidateIds: [secret.id] }, outside)).toEqual([
      { candidateId: secret.id, code: 'CANDIDATE_NOT_FOUND' },
    ])
  })

  it('change their rank when the weights do, and their worth at once when costs do', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      busy: solved('Router blinks orange', { views: 700 }),
      twin: solved('Garden camera freezes', { views: 200 }),
      twin2: solved('Garden camera freezes', { views: 200 }),
    })
    const { body: weights, etag } = await world.call(agent, 'GET', '/candidates/weights')
    expect([weights.usefulShare, weights.callCost, weights.chatCost, etag]).toEqual([0.3, 4, 2, '"0"'])
    const put = (body: object, ifMatch = '"0"') =>
      world.call(manager, 'PUT', '/candidates/weights', body, { 'if-match': ifMatch })
    expect((await world.call(manager, 'PUT', '/candidates/weights', weights)).status).toBe(428)
    const before = await world.find('Router blinks orange')
    expect((await put({ ...weights, callCost: 10, recurrence: 5 })).etag).toBe('"1"')
    expect((await put(weights)).body).toMatchObject({ code: 'CANDIDATE_WEIGHTS_CONFLICT' })
    expect((await world.find('Router blinks orange')).worth).toBeCloseTo(2 * before.worth, 0)
    expect((await world.titles())[0]).toBe('Router blinks orange')
    await world.runJobs()
    expect((await world.titles())[0]).toBe('Garden camera freezes')
    const { items } = await world.audit.list({ target: 'candidates', limit: 5 })
    expect(items).toMatchObject([{ action: 'candidates.weighed', before: weights }])
  })
})
