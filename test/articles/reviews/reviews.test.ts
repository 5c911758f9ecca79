import { expect, it } from 'vitest'
import { findReviews } from '../../../src/articles/reviews/find-reviews.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openReviews } from './setting.ts'

const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
const DAY_MS = 86_400_000

describeEachDatabase.always('reviews of articles', (database) => {
  it('come to the owner of the category, the most used first and never more than so many a week', async () => {
    const { world, call, articles, loose, use, find, list, decide } = await openReviews(await database())
    await find()
    expect(await list('manager', 'owner=all')).toEqual([])
    // A Monday, so that five weeks begin with it.
    world.clock.advance(Date.parse('2026-07-13T08:00:00.000Z') - world.clock.now().getTime())
    await use(articles[7]!, '1')
    await use(articles[7]!, '2')
    await use(articles[3]!, '1')
    await Promise.all([findReviews(world.reviews), findReviews(world.reviews)])
    const first = await list('olga')
    expect(first).toHaveLength(5)
    expect(ids(first).slice(0, 2)).toEqual([articles[7], articles[3]])
    expect(first[0]).toMatchObject({
      kind: 'check',
      reasons: [{ reason: 'age' }],
      figures: { days: 180, uses: 2, reads: 0 },
      category: 'devices',
      owner: { name: 'Olga' },
      state: 'assigned',
      may: { check: true, archive: false },
    })
    expect(first[4].kind).toBe('archive')
    expect(ids(await list('manager', 'owner=unowned'))).toEqual([loose])
    expect(await list('manager', 'owner=all')).toHaveLength(9)
    await find(1)
    expect(ids(await list('olga'))).toEqual(ids(first))

    const some = ids(first).slice(0, 2)
    await decide('olga', { decision: 'right', articleIds: some })
    await find()
    expect(ids(await list('olga'))).toEqual(ids(first).slice(2))
    await find(6)
    // Three are still there, so two are added.
    const next = ids(await list('olga'))
    expect(next).toHaveLength(5)
    expect(next).toEqual(expect.arrayContaining(ids(first).slice(2)))
    const counts = await call('olga', 'GET', '/articles/reviews/counts')
    expect(counts.body).toEqual({ total: 5, check: 0, archive: 5 })

    await call('manager', 'PUT', '/articles/categories/devices', { governance: 'experience' })
    await find()
    expect(await list('olga')).toEqual([])
    expect(await list('manager', 'owner=unowned')).toHaveLength(7)
  })

  it('follow reports, feedback and changed posts, until somebody finds the article right', async () => {
    const { world, call, articles, find, list, decide, undo } = await openReviews(await database())
    const [reported, unhelpful, flagged] = articles as [string, string, string]
    await call('agent', 'POST', `/articles/${reported}/reports`, { comment: 'No such button.' })
    for (let reader = 0; reader < 3; reader++)
      await call(undefined, 'POST', `/articles/${unhelpful}/feedback`, { solved: false })
    await world.db
      .sql('passage_citations')
      .where({ article_id: flagged })
      .update({ flag: 'deleted', flagged_at: world.clock.now().toISOString() })
    world.clock.advance(1000)
    await find()
    const found = new Map((await list('olga')).map((each) => [each.id, each]))
    expect(found.get(reported)).toMatchObject({ kind: 'check', reasons: [{ reason: 'reports', count: 1 }] })
    expect(found.get(unhelpful)).toMatchObject({ reasons: [{ reason: 'feedback', count: 3 }] })
    expect(found.get(flagged)).toMatchObject({
      kind: 'archive',
      reasons: [{ reason: 'superseded', count: 1 }],
    })
    expect(found.size).toBe(3)

    const [decided] = await decide('olga', { decision: 'right', articleIds: [reported] })
    const checked = (await call('agent', 'GET', `/articles/${reported}`)).body
    expect(checked.lastCheck).toEqual({
      by: { id: expect.any(String), name: 'olga' },
      at: expect.any(String),
    })
    expect((await call(undefined, 'GET', `/articles/${reported}`)).body).not.toHaveProperty('lastCheck')
    await find(1)
    expect(ids(await list('olga'))).not.toContain(reported)
    expect(await decide('olga', { decision: 'right', articleIds: [reported] })).toMatchObject([
      { code: 'ARTICLE_REVIEW_NOT_FOUND' },
    ])
    expect(await undo('olga', [decided.decisionId])).toMatchObject([{ articleId: reported }])
    expect(ids(await list('olga'))).toContain(reported)
    expect((await call('agent', 'GET', `/articles/${reported}`)).body).not.toHaveProperty('lastCheck')

    // Whoever edits an article has read it: the job that hears of it takes the review away.
    const { revision } = (await call('manager', 'GET', `/articles/${unhelpful}`)).body
    await call(
      'manager',
      'PATCH',
      `/articles/${unhelpful}`,
      { cause: 'Heat.' },
      { 'if-match': `"${revision}"` },
    )
    await world.runJobs()
    expect(ids(await list('olga'))).not.toContain(unhelpful)
  })

  it('propose what nobody reads or uses for archiving, many at once and undoably', async () => {
    const { world, call, articles, loose, find, list, decide, undo } = await openReviews(await database())
    await call(undefined, 'GET', `/articles/${articles[0]}`)
    await world.reads.close()
    await find(179)
    await call(undefined, 'GET', `/articles/${articles[1]}`)
    await world.reads.close()
    await find(2)
    const proposed = await list('manager', 'owner=all&kind=archive')
    expect(ids(proposed)).not.toContain(articles[1])
    expect(proposed.find(({ id }) => id === loose)).toMatchObject({
      reasons: [{ reason: 'unused', count: 180 }, { reason: 'age' }],
      figures: { uses: 0, reads: 0, solved: 0, unsolved: 0 },
    })
    const some = ids(proposed).slice(0, 3)
    expect(await decide('agent', { decision: 'archive', articleIds: some })).toMatchObject(
      some.map(() => ({ code: 'ARTICLE_REVIEW_NOT_FOUND' })),
    )
    const decided = await decide('manager', { decision: 'archive', articleIds: [...some, 'art_none'] })
    expect(decided.map(({ code }: { code?: string }) => code)).toEqual([
      undefined,
      undefined,
      undefined,
      'ARTICLE_REVIEW_NOT_FOUND',
    ])
    expect((await call(undefined, 'GET', `/articles/${some[0]}`)).status).toBe(404)
    const decisionIds = decided.slice(0, 3).map((each: { decisionId: string }) => each.decisionId)
    // One was taken up again meanwhile, and stays so.
    await call('manager', 'PUT', `/articles/${some[1]}/state`, { confidence: 'not_validated' })
    expect((await undo('manager', decisionIds)).map(({ code }: { code?: string }) => code)).toEqual([
      undefined,
      'ARTICLE_REVIEW_DECIDED_SINCE',
      undefined,
    ])
    await undo('manager', [decisionIds[0]])
    expect((await call(undefined, 'GET', `/articles/${some[0]}`)).status).toBe(200)
    expect(ids(await list('manager', 'owner=all'))).toContain(some[0])
    await decide('manager', { decision: 'right', articleIds: [some[0]], reason: 'Needed in summer.' })
    await find(30)
    expect(ids(await list('manager', 'owner=all'))).not.toContain(some[0])
  })

  it('are put off until a day, with a reason', async () => {
    const { world, call, articles, find, list, decide } = await openReviews(await database())
    await find(181)
    const [id] = ids(await list('olga')) as [string]
    const until = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS).toISOString()
    const reason = 'After the launch.'
    const put = { decision: 'put-off', articleIds: [id], reason }
    const past = await call('olga', 'POST', '/articles/reviews/decisions', { ...put, until: until(-1) })
    expect(past).toMatchObject({ status: 400, body: { code: 'ARTICLE_REVIEW_UNTIL_PAST' } })
    await decide('olga', { ...put, until: until(20) })
    await find(19)
    expect(ids(await list('olga'))).not.toContain(id)
    expect(await list('olga', 'state=put-off')).toMatchObject([{ id, putOffReason: reason }])
    await find(2)
    expect(await list('olga', 'state=put-off')).toEqual([])
    expect(ids(await list('manager', 'owner=all'))).toContain(id)
    expect(articles).toContain(id)
  })

  it('are seen by those who may see the article, and outside the company without reports and posts', async () => {
    const { call, articles, find, list } = await openReviews(await database())
    const [reported, narrowed] = articles as [string, string]
    await call('agent', 'POST', `/articles/${reported}/reports`, { comment: 'No such button.' })
    await find()
    expect(await list('partner', 'owner=all')).toEqual([])
    expect(ids(await list('manager', 'owner=all'))).toEqual([reported])
    await call('manager', 'PUT', `/articles/${narrowed}/state`, {
      confidence: 'validated',
      audience: 'internal',
    })
    await find(181)
    const seen = await list('partner', 'owner=all')
    expect(seen).toHaveLength(8)
    expect(ids(seen)).not.toContain(narrowed)
    expect(
      seen.flatMap(({ reasons }) => reasons.map((each: { reason: string }) => each.reason)),
    ).not.toContain('reports')
    expect(await list('agent', 'owner=all')).toEqual([])
    for (const path of ['', '/counts', '/settings'])
      expect((await call('router', 'GET', `/articles/reviews${path}`)).status).toBe(403)
    expect((await call(undefined, 'GET', '/articles/reviews')).status).toBe(401)
    const page = await call('manager', 'GET', '/articles/reviews?owner=all&limit=4')
    const rest = await call(
      'manager',
      'GET',
      `/articles/reviews?owner=all&limit=100&cursor=${page.body.next}`,
    )
    expect([...ids(page.body.items), ...ids(rest.body.items)]).toEqual(
      ids(await list('manager', 'owner=all')),
    )
  })

  it('follow the settings, which two people do not overwrite', async () => {
    const { call, find, list, world } = await openReviews(await database())
    const { body: settings, etag } = await call('manager', 'GET', '/articles/reviews/settings')
    expect(settings).toEqual({ days: 180, categories: {}, aWeek: 5, unusedDays: 180, unsolved: 3 })
    const put = (who: string, body: object) =>
      call(who, 'PUT', '/articles/reviews/settings', body, { 'if-match': etag! })
    expect((await put('agent', settings)).status).toBe(403)
    expect((await put('manager', { ...settings, categories: { nothing: 3 } })).body.code).toBe(
      'LABEL_NOT_FOUND',
    )
    expect((await put('manager', { ...settings, categories: { devices: 3 }, aWeek: 1 })).status).toBe(200)
    expect((await put('manager', settings)).body.code).toBe('ARTICLE_REVIEW_SETTINGS_CONFLICT')
    world.clock.advance(4 * DAY_MS)
    await world.runJobs()
    expect(await list('olga')).toHaveLength(1)
    expect(await list('manager', 'owner=all')).toHaveLength(8)
    await find(7)
    expect(await list('olga')).toHaveLength(1)
  })
})
