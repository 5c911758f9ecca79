import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { inSecondProcess } from '../../support/second-process.ts'
import { openUse } from './setting.ts'

const DAY_MS = 86_400_000

describeEachDatabase.always('a use of an article', (database) => {
  it('counts once, whoever counts it, and is taken back by whoever counted it', async () => {
    const { world, call, shown } = await openUse(await database())
    const use = { kind: 'case', reference: ' CAS-1 ' }
    const first = await call('agent', 'POST', `/articles/${shown}/uses`, use)
    expect(first).toMatchObject({ status: 201, body: { kind: 'case', reference: 'CAS-1', own: true } })
    const again = await call('olga', 'POST', `/articles/${shown}/uses`, use)
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id, own: false } })
    world.clock.advance(91 * DAY_MS)
    await call('olga', 'POST', `/articles/${shown}/uses`, {
      kind: 'answer',
      reference: 'https://example.org/1',
    })
    const uses = async () => (await call('agent', 'GET', `/articles/${shown}`)).body.uses
    expect(await uses()).toEqual({ total: 2, last90Days: 1 })

    const takeBack = (who: string) => call(who, 'DELETE', `/articles/${shown}/uses/${first.body.id}`)
    expect(await takeBack('olga')).toMatchObject({ status: 404, body: { code: 'ARTICLE_USE_NOT_FOUND' } })
    expect((await takeBack('agent')).status).toBe(204)
    expect((await takeBack('agent')).status).toBe(404)
    expect(await uses()).toEqual({ total: 1, last90Days: 1 })
    const { items } = await world.audit.list({ target: shown, limit: 3 })
    expect(items.map(({ action }) => action)).toEqual(['article.use-removed', 'article.used', 'article.used'])
  })

  it('counts once when processes count it at the same time', async () => {
    const address = await database()
    const { world, call, shown } = await openUse(address)
    const counting = `
      const { createUseStore } = await load('articles/use/use-store.js')
      const { systemClock, commandLine } = await load('platform/clock.js', 'access/actor.js')
      const uses = createUseStore(db, systemClock)
      const counted = []
      for (let i = 0; i < 20; i++)
        counted.push(await db.transaction(() =>
          uses.add({ articleId: '${shown}', kind: 'case', reference: 'CAS-' + i }, commandLine)))
      return counted.filter((use) => use !== undefined).length`
    const counts = await Promise.all([1, 2].map(() => inSecondProcess<number>(address, counting)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
    expect((await call('agent', 'GET', `/articles/${shown}`)).body.uses.total).toBe(20)
    expect(await world.db.sql('article_uses')).toHaveLength(20)
  })

  it('names a thread that the person may read, and an article that they see', async () => {
    const { call, shown, hidden, asked, secret } = await openUse(await database())
    const useFor = (who: string, article: string, reference: string) =>
      call(who, 'POST', `/articles/${article}/uses`, { kind: 'thread', reference })
    expect((await useFor('partner', shown, asked)).status).toBe(201)
    expect((await useFor('partner', shown, secret)).body.code).toBe('THREAD_NOT_FOUND')
    expect((await useFor('partner', hidden, asked)).body.code).toBe('ARTICLE_NOT_FOUND')
    expect((await useFor('agent', hidden, secret)).status).toBe(201)
    expect((await useFor('router', shown, asked)).status).toBe(403)
  })

  it('orders articles for those who work on them, the most used first', async () => {
    const { call, shown, hidden } = await openUse(await database())
    await call('agent', 'POST', `/articles/${hidden}/uses`, { kind: 'case', reference: 'CAS-1' })
    const first = await call('agent', 'GET', '/articles?sort=used&limit=1')
    expect(first.body.items).toMatchObject([{ id: hidden }])
    const next = await call('agent', 'GET', `/articles?sort=used&limit=1&cursor=${first.body.next}`)
    expect(next.body.items).toMatchObject([{ id: shown }])
    const forged = Buffer.from(JSON.stringify(['many', hidden, 'used'])).toString('base64url')
    const wrong = await call('agent', 'GET', `/articles?sort=used&cursor=${forged}`)
    expect(wrong.body.code).toBe('CURSOR_INVALID')
    const reader = await call(undefined, 'GET', '/articles?sort=used')
    expect(reader.body.code).toBe('ARTICLE_USES_FORBIDDEN')
    expect((await call(undefined, 'GET', `/articles/${shown}`)).body).not.toHaveProperty('uses')
  })
})
