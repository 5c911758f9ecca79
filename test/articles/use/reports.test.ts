import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openUse } from './setting.ts'

const DAY_MS = 86_400_000

describeEachDatabase.always('a report of a problem with an article', (database) => {
  it('goes to the owner of the category, due sooner where customers see the article', async () => {
    const { world, call, owner, shown, hidden } = await openUse(await database())
    const late = await call('agent', 'POST', `/articles/${hidden}/reports`, { comment: 'Codes exist.' })
    const soon = await call('agent', 'POST', `/articles/${shown}/reports`, { comment: ' The third page. ' })
    expect(soon).toMatchObject({
      status: 201,
      body: {
        comment: 'The third page.',
        origin: 'colleague',
        by: { id: 'key_agent', name: 'agent' },
        category: 'billing',
        owner: { id: owner.id, name: 'Olga' },
        article: { id: shown, audience: 'public' },
        mayClose: false,
      },
    })
    expect(late.body).not.toHaveProperty('owner')
    const days = ({ body }: typeof soon) => (Date.parse(body.dueAt) - Date.parse(body.reportedAt)) / DAY_MS
    expect([days(soon), days(late)]).toEqual([2, 7])

    const own = await call('olga', 'GET', '/articles/reports?owner=me')
    expect(own.body.items).toMatchObject([{ id: soon.body.id, mayClose: true }])
    expect((await call('manager', 'GET', '/articles/reports?owner=me')).body.items).toEqual([])
    const first = await call('agent', 'GET', '/articles/reports?limit=1')
    expect(first.body.items).toMatchObject([{ id: soon.body.id }])
    const next = await call('agent', 'GET', `/articles/reports?limit=1&cursor=${first.body.next}`)
    expect(next.body).toMatchObject({ items: [{ id: late.body.id }] })
    expect(next.body).not.toHaveProperty('next')
    const wrong = await call('agent', 'GET', `/articles/reports?state=closed&cursor=${first.body.next}`)
    expect(wrong.body.code).toBe('CURSOR_INVALID')
    expect((await world.audit.list({ target: shown, limit: 1 })).items).toMatchObject([
      { action: 'article.reported', after: { report: soon.body.id } },
    ])
  })

  it('follows the category to its next owner', async () => {
    const { world, call, shown } = await openUse(await database())
    await call('agent', 'POST', `/articles/${shown}/reports`, { comment: 'The third page.' })
    await call('manager', 'PUT', '/articles/categories/billing', { governance: 'experience' })
    expect((await call('olga', 'GET', '/articles/reports?owner=me')).body.items).toEqual([])
    const [report] = (await call('olga', 'GET', '/articles/reports')).body.items
    expect(report).toMatchObject({ category: 'billing' })
    expect(report).not.toHaveProperty('owner')
    expect(await world.db.sql('article_reports')).toHaveLength(1)
  })

  it('names a passage, which must be one of the article', async () => {
    const { call, shown, hidden } = await openUse(await database())
    const passages = await call('agent', 'GET', `/articles/${shown}/passages`)
    const passageId = passages.body.items[0].id as string
    const report = { comment: 'Not this page.', passageId }
    expect((await call('agent', 'POST', `/articles/${shown}/reports`, report)).body).toMatchObject({
      passageId,
    })
    const elsewhere = await call('agent', 'POST', `/articles/${hidden}/reports`, report)
    expect(elsewhere).toMatchObject({ status: 404, body: { code: 'PASSAGE_NOT_FOUND' } })
    const empty = await call('agent', 'POST', `/articles/${shown}/reports`, { comment: ' \n' })
    expect(empty.status).toBe(400)
  })

  it('does not exist for those who may not see the article, nor for those outside the reporter’s audience', async () => {
    const { call, shown, hidden } = await openUse(await database())
    const unseen = await call('partner', 'POST', `/articles/${hidden}/reports`, { comment: 'Mine.' })
    expect(unseen).toMatchObject({ status: 404, body: { code: 'ARTICLE_NOT_FOUND' } })
    const inside = await call('agent', 'POST', `/articles/${shown}/reports`, { comment: 'We know better.' })
    const outside = await call('partner', 'POST', `/articles/${shown}/reports`, { comment: 'A typo.' })
    await call('agent', 'POST', `/articles/${hidden}/reports`, { comment: 'Codes exist.' })
    const seen = async (who: string) =>
      (await call(who, 'GET', '/articles/reports')).body.items.map(
        ({ comment }: { comment: string }) => comment,
      )
    expect(await seen('partner')).toEqual(['A typo.'])
    expect(await seen('agent')).toEqual(['We know better.', 'A typo.', 'Codes exist.'])
    const closing = await call('partner', 'POST', `/articles/reports/${inside.body.id}/close`, {
      outcome: 'rejected',
    })
    expect(closing).toMatchObject({ status: 404, body: { code: 'ARTICLE_REPORT_NOT_FOUND' } })
    expect((await call('router', 'GET', '/articles/reports')).status).toBe(403)
    expect(outside.status).toBe(201)
  })

  it('is closed once, by whoever may edit the article, archived or not', async () => {
    const { world, call, shown } = await openUse(await database())
    const report = async () =>
      (await call('agent', 'POST', `/articles/${shown}/reports`, { comment: 'The third page.' })).body.id
    const close = (who: string, id: string, body: object) =>
      call(who, 'POST', `/articles/reports/${id}/close`, body)
    const first = await report()
    expect((await close('agent', first, { outcome: 'fixed' })).body.code).toBe('ARTICLE_NEEDS_PUBLISHER')
    const both = await Promise.all([
      close('olga', first, { outcome: 'rejected', note: ' It is the second. ' }),
      close('olga', first, { outcome: 'rejected', note: 'It is the second.' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await close('manager', first, { outcome: 'fixed' })).body.code).toBe('ARTICLE_REPORT_CLOSED')
    const second = await report()
    await call('manager', 'POST', `/articles/${shown}/archive`)
    expect((await close('manager', second, { outcome: 'fixed' })).body).toMatchObject({
      closed: { outcome: 'fixed', by: { name: 'manager' } },
      mayClose: false,
    })
    const closed = await call('agent', 'GET', '/articles/reports?state=closed')
    expect(closed.body.items).toMatchObject([
      { id: second },
      { id: first, closed: { outcome: 'rejected', note: 'It is the second.', by: { name: 'olga' } } },
    ])
    expect((await call('agent', 'GET', '/articles/reports')).body.items).toEqual([])
    expect((await world.audit.list({ target: shown, limit: 1 })).items).toMatchObject([
      { action: 'article.report-closed', after: { report: second, outcome: 'fixed' } },
    ])
  })
})
