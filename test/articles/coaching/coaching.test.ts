import { beforeAll, expect, it } from 'vitest'
import type { Actor, Proficiency } from '../../../src/access/actor.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained, type World } from '../world.ts'

type Call = Awaited<ReturnType<World['app']>>

const ARTICLES = 7
/** Threads of which the rate of links is told: two of them are linked without having become an article. */
const THREADS = 32

describeEachDatabase.always('coaching', (database) => {
  let world: World
  let call: Call
  const people = new Map<string, Actor>()
  const id = (name: string) => people.get(name)!.id

  beforeAll(async () => {
    world = await openWorld(await database())
    const person = async (name: string, proficiency: Proficiency, audience: 'internal' | 'partner') => {
      const account = await world.accounts.insert({ name, roles: ['agent'], audience })
      people.set(name, { ...trained(name, proficiency, audience), id: account!.id })
    }
    await person('ann', 'contributor', 'internal')
    await person('ben', 'contributor', 'internal')
    await person('cleo', 'coach', 'internal')
    await person('dora', 'coach', 'internal')
    await person('piet', 'coach', 'partner')
    call = await world.app([
      manager,
      ...people.values(),
      actor('supervisor', 'internal', 'supervisor'),
      actor('partner-supervisor', 'partner', 'supervisor'),
      actor('router', 'internal', 'router'),
    ])
    const thread = await world.importThreads(
      'forum',
      'public',
      Object.fromEntries(
        Array.from({ length: THREADS }, (_, at) => [
          `t${at}`,
          {
            title: `How to mend device number ${at}`,
            question: `My device number ${at} has stopped, how do I mend it?`,
            answers: [{ body: `Open the lid of number ${at} and turn the wheel.`, accepted: true }],
            labels: { category: at < 12 ? 'devices' : 'phones' },
          },
        ]),
      ),
    )
    await call('manager', 'PUT', '/articles/categories/devices', {
      governance: 'experience',
      ownerId: id('cleo'),
    })
    const write = async (who: string, at: number) => {
      const article = (await call(who, 'POST', `/threads/${thread(`t${at}`)}/promote`)).body
      const edited = { title: `Mending number ${at}` }
      await call(who, 'PATCH', `/articles/${article.id}`, edited, { 'if-match': '"1"' })
      return article.id as string
    }
    for (let at = 0; at < ARTICLES; at++) await write('ann', at)
    const ofBen = await write('ben', ARTICLES)
    await write('cleo', ARTICLES + 1)
    await write('manager', ARTICLES + 2)
    for (let at = 0; at < 36; at++)
      await call(at < 3 ? 'cleo' : 'ann', 'POST', `/articles/${ofBen}/uses`, {
        kind: 'case',
        reference: `CASE-${at}`,
      })
    for (const at of [20, 21])
      await call('ann', 'POST', `/articles/${ofBen}/uses`, { kind: 'thread', reference: thread(`t${at}`) })
    world.clock.advance(Date.parse('2026-02-03T08:00:00.000Z') - world.clock.now().getTime())
    // What is written in the month itself waits for the next.
    await write('ben', ARTICLES + 3)
  })

  // biome-ignore lint/suspicious/noExplicitAny: each test reads what it knows of
  const get = async (who: string, path: string): Promise<any> => (await call(who, 'GET', path)).body
  const answers = (met: (at: number) => boolean, note?: string) => async () => {
    const { points, version } = await get('cleo', '/coaching/settings')
    return {
      checklist: version,
      answers: points.map((point: { id: string }, at: number) => ({ point: point.id, met: met(at), note })),
    }
  }
  const authorsIn = (items: readonly { author: { name: string } }[]) => items.map(({ author }) => author.name)

  it('draws the same few articles of each person for all who ask, and nobody’s own', async () => {
    const sample = await get('cleo', '/coaching/sample?limit=100')
    expect(sample).toMatchObject({
      month: '2026-02',
      from: '2026-01-02T00:00:00.000Z',
      to: '2026-02-01T00:00:00.000Z',
      total: 6,
      scored: 0,
    })
    expect(authorsIn(sample.items).sort()).toEqual(['ann', 'ann', 'ann', 'ann', 'ann', 'ben'])
    expect(sample.items[0]).toMatchObject({ revision: 2, content: { title: /^Mending/ } })
    const first = await get('cleo', '/coaching/sample?limit=4')
    const second = await get('cleo', `/coaching/sample?limit=4&cursor=${first.next}`)
    expect([...first.items, ...second.items]).toEqual(sample.items)
    expect(second.next).toBeUndefined()

    const other = await get('dora', '/coaching/sample?limit=100')
    expect(other.total).toBe(7)
    expect(other.items.filter((each: { author: { name: string } }) => each.author.name !== 'cleo')).toEqual(
      sample.items,
    )
    world.clock.advance(20 * 86_400_000)
    expect((await get('cleo', '/coaching/sample?limit=100')).items).toEqual(sample.items)
    expect(await get('supervisor', '/coaching/sample?limit=100')).toEqual(other)
  })

  it('is refused to all but coaches and supervisors of the company', async () => {
    const score = { articleId: 'art_1', authorId: id('ann'), ...(await answers(() => true)()) }
    const judgement = { use: 'use_1', judgement: 'right' }
    for (const who of ['ann', 'manager', 'piet', 'partner-supervisor'])
      for (const { body } of [
        await call(who, 'GET', '/coaching/sample'),
        await call(who, 'GET', '/coaching/links'),
        await call(who, 'POST', '/coaching/scores', score),
        await call(who, 'POST', '/coaching/links/judgements', judgement),
      ])
        expect([who, body.code]).toEqual([who, 'COACHING_NEEDS_COACH'])
    const readsOnly = [
      await call('supervisor', 'POST', '/coaching/scores', score),
      await call('supervisor', 'POST', '/coaching/links/judgements', judgement),
    ]
    expect(readsOnly.map(({ body }) => body.code)).toEqual(['COACHING_NEEDS_COACH', 'COACHING_NEEDS_COACH'])
    for (const path of ['sample', 'links', 'scores', 'figures', 'settings'])
      expect((await call('router', 'GET', `/coaching/${path}`)).status).toBe(403)
    expect((await call(undefined, 'GET', '/coaching/figures')).status).toBe(401)
  })

  it('keeps a coach’s answers to the whole checklist, which the author reads with the notes', async () => {
    const { items } = await get('dora', '/coaching/sample?limit=100')
    const [one, two] = items.filter((each: { author: { name: string } }) => each.author.name === 'ann')
    const named = (item: { articleId: string; author: { id: string } }) => ({
      articleId: item.articleId,
      authorId: item.author.id,
    })
    const good = await answers(() => true)()
    const poor = await answers((at) => at > 0, '  Say which wheel. ')()
    const score = (who: string, body: object) => call(who, 'POST', '/coaching/scores', body)
    expect(await score('dora', { ...named(one), ...poor })).toMatchObject({ status: 204 })
    expect(await score('dora', { ...named(two), ...good })).toMatchObject({ status: 204 })
    const own = items.find((each: { author: { name: string } }) => each.author.name === 'cleo')
    const refused = [
      [await score('cleo', { ...named(own), ...good }), 'COACHING_OWN'],
      [await score('cleo', { ...named(two), ...good }), 'COACHING_TAKEN'],
      [await score('cleo', { ...named(two), authorId: id('dora'), ...good }), 'COACHING_NOT_SAMPLED'],
      [
        await score('dora', { ...named(two), ...good, answers: good.answers.slice(1) }),
        'COACHING_ANSWERS_INCOMPLETE',
      ],
      [
        await score('dora', { ...named(two), ...good, answers: [...good.answers, good.answers[0]] }),
        'COACHING_ANSWERS_INCOMPLETE',
      ],
      [await score('dora', { ...named(two), ...good, checklist: 7 }), 'COACHING_CHECKLIST_CHANGED'],
    ] as const
    for (const [{ body }, code] of refused) expect(body.code).toBe(code)

    const mine = (await get('ann', '/coaching/scores')).items
    expect(mine).toHaveLength(2)
    const read = mine.find((each: { articleId: string }) => each.articleId === one.articleId)
    expect(read).toMatchObject({
      month: '2026-02',
      revision: 2,
      category: 'devices',
      coach: { name: 'dora' },
    })
    expect(read.answers[0]).toMatchObject({ id: 'unique', met: false, note: 'Say which wheel.' })
    expect(read.answers[0].fr).toContain('seul article')
    expect((await get('supervisor', `/coaching/scores?author=${id('ann')}`)).items).toEqual(mine)
    for (const who of ['ben', 'manager', 'piet', 'partner-supervisor']) {
      const { body } = await call(who, 'GET', `/coaching/scores?author=${id('ann')}`)
      expect([who, body.code]).toEqual([who, 'COACHING_FORBIDDEN'])
      expect((await get(who, '/coaching/scores')).items).toEqual([])
    }
    const { items: log } = await world.audit.list({ target: one.articleId, limit: 1 })
    expect(log[0]).toMatchObject({ action: 'article.coached', after: { author: id('ann') } })
    expect(JSON.stringify(log[0])).not.toContain('wheel')

    expect((await score('dora', { ...named(one), ...good })).status).toBe(204)
    expect((await get('dora', '/coaching/sample?limit=100')).scored).toBe(2)
    expect((await score('dora', { ...named(one), ...poor })).status).toBe(204)
  })

  it('shows means by month to their author, and all of them by name to coaches and supervisors alone', async () => {
    const ann = { id: id('ann'), name: 'ann', months: [{ month: '2026-02', articles: 2, mean: 13 / 14 }] }
    for (const who of ['cleo', 'supervisor']) {
      const { people: shown, teams, months } = await get(who, '/coaching/figures')
      expect(shown).toEqual([{ ...ann, months: [{ ...ann.months[0], mean: expect.closeTo(13 / 14) }] }])
      expect(teams).toMatchObject([
        { category: 'devices', owner: { name: 'cleo' }, months: [{ articles: 2 }] },
      ])
      expect([months.length, months.at(-1)]).toEqual([12, '2026-02'])
    }
    const own = await get('ann', '/coaching/figures')
    expect(own.people).toMatchObject([{ name: 'ann' }])
    for (const who of ['ann', 'ben', 'manager', 'piet', 'partner-supervisor']) {
      const figures = await get(who, '/coaching/figures')
      expect(Object.keys(figures).sort()).toEqual(['months', 'people'])
      if (who !== 'ann') expect(figures.people).toEqual([])
    }
  })

  it('draws links, which other coaches judge, and states their accuracy and the rate of links', async () => {
    const sample = await get('dora', '/coaching/links')
    expect(sample).toMatchObject({ month: '2026-02', from: '2025-11-03T00:00:00.000Z' })
    expect(sample.items).toHaveLength(30)
    expect((await get('dora', '/coaching/links')).items).toEqual(sample.items)
    const byCleo = sample.items.filter((each: { by: { name: string } }) => each.by.name === 'cleo')
    const others = sample.items.filter((each: { by: { name: string } }) => each.by.name !== 'cleo')
    expect((await get('cleo', '/coaching/links')).items).toEqual(others)
    const judge = (who: string, use: string, judgement: string) =>
      call(who, 'POST', '/coaching/links/judgements', { use, judgement })
    const [one, two, three, four] = others.map(({ useId }: { useId: string }) => useId)
    for (const [use, judgement] of [
      [one, 'right'],
      [two, 'right'],
      [three, 'wrong'],
      [four, 'right'],
      [four, 'unclear'],
    ])
      expect((await judge('cleo', use, judgement)).status).toBe(204)
    expect((await judge('dora', one, 'wrong')).body.code).toBe('COACHING_TAKEN')
    expect((await judge('dora', 'use_none', 'wrong')).body.code).toBe('COACHING_NOT_SAMPLED')
    for (const { useId } of byCleo)
      expect((await judge('cleo', useId, 'right')).body.code).toBe('COACHING_OWN')
    const judged = (await get('supervisor', '/coaching/links')).items.find(
      (each: { useId: string }) => each.useId === three,
    )
    expect(judged.judged).toMatchObject({ judgement: 'wrong', coach: { name: 'cleo' } })

    const { links } = await get('supervisor', '/coaching/figures')
    expect(links.accuracy).toEqual([
      { month: '2026-02', right: 2, wrong: 1, unclear: 1, accuracy: expect.anything() },
    ])
    const { share, low, high } = links.accuracy[0].accuracy
    expect([share, low, high]).toEqual([
      expect.closeTo(2 / 3),
      expect.closeTo(0.2077, 3),
      expect.closeTo(0.9385, 3),
    ])
    // All threads began in June 2025; eleven became articles, and two were answered with one.
    expect(links.rate).toEqual([
      { month: '2025-06', threads: 32, linked: 13, cases: 0, rate: expect.anything() },
      { month: '2026-01', threads: 0, linked: 0, cases: 36 },
    ])
    expect(links.rate[0].rate.share).toBeCloseTo(13 / 32)
    await world.db.sql('threads').limit(3).where('title', 'like', '%number 3%').update({ accepted_count: 0 })
    const { rate } = (await get('supervisor', '/coaching/figures')).links
    expect(rate[0].threads).toBeLessThan(30)
    expect(rate[0].rate).toBeUndefined()
  })

  it('takes another checklist from a coach, and shows earlier scores by the one they were given by', async () => {
    const { etag, body } = await call('ann', 'GET', '/coaching/settings')
    expect(body).toMatchObject({ version: 0, perPerson: 5, links: 30 })
    const points = [{ id: 'short', en: 'Is it short?', fr: 'Est-il court ?' }]
    const settings = { points, perPerson: 1, links: 10 }
    const put = (who: string, given: object) =>
      call(who, 'PUT', '/coaching/settings', given, { 'if-match': etag! })
    expect((await put('manager', settings)).body.code).toBe('COACHING_NEEDS_COACH')
    expect((await put('cleo', { ...settings, points: [...points, ...points] })).body.code).toBe(
      'COACHING_POINTS_REPEATED',
    )
    const tooMany = Array.from({ length: 21 }, (_, at) => ({ ...points[0], id: `p${at}` }))
    expect((await put('cleo', { ...settings, points: tooMany })).status).toBe(400)
    expect((await put('cleo', settings)).body).toMatchObject({ version: 1, points })
    expect((await put('dora', settings)).body.code).toBe('COACHING_SETTINGS_CONFLICT')
    expect(authorsIn((await get('cleo', '/coaching/sample')).items).sort()).toEqual(['ann', 'ben'])
    expect((await get('ann', '/coaching/scores')).items[0].answers).toHaveLength(7)
  })
})
