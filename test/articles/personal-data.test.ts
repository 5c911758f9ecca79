import { expect, it } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { openWorld } from './world.ts'

describeEachDatabase('an article with personal data', (database) => {
  async function draft() {
    const world = await openWorld(await database())
    const thread = await world.importThreads('forum', 'public', {
      t: {
        title: 'Porting a number',
        question: 'My number is 06 39 98 12 34, is it ported?',
        answers: [{ body: 'Write to help@example.com and wait a day.', accepted: true }],
      },
    })
    const call = await world.app()
    const { body } = await call('manager', 'POST', `/threads/${thread('t')}/promote`)
    return { world, call, path: `/articles/${body.id}` }
  }

  it('is not shown to customers or the public before somebody confirms that it may be', async () => {
    const { world, call, path } = await draft()
    for (const audience of ['customer', 'public']) {
      const refused = await call('manager', 'POST', `${path}/publish`, { audience })
      expect(refused).toMatchObject({
        status: 409,
        body: {
          code: 'ARTICLE_PERSONAL_DATA',
          errors: [
            { where: 'issue', kind: 'phone', start: 13, end: 27 },
            { where: 'resolution', kind: 'email' },
          ],
        },
      })
      expect(JSON.stringify(refused.body)).not.toMatch(/06 39|help@/)
    }
    expect((await world.search.query({ q: 'ported', audience: 'public', kind: 'article' })).total).toBe(0)
    const confirmed = { audience: 'public', confirmPersonalData: true }
    expect((await call('manager', 'POST', `${path}/publish`, confirmed)).status).toBe(200)
  })

  it('goes to colleagues and partners as it is', async () => {
    const { call, path } = await draft()
    expect((await call('manager', 'POST', `${path}/publish`, { audience: 'partner' })).status).toBe(200)
  })

  it('takes no more of it once it is public, unless that is confirmed too', async () => {
    const { call, path } = await draft()
    await call('manager', 'POST', `${path}/publish`, { audience: 'public', confirmPersonalData: true })
    const edit = async (change: object) => {
      const { etag } = await call('manager', 'GET', path)
      return (await call('manager', 'PATCH', path, change, { 'if-match': etag! })).status
    }
    expect(await edit({ cause: 'It takes a day.' })).toBe(200)
    expect(await edit({ cause: 'Ask help@example.com.' })).toBe(200)
    expect(await edit({ cause: 'Ask sam@example.com.' })).toBe(409)
    expect(await edit({ cause: 'Ask sam@example.com.', confirmPersonalData: true })).toBe(200)
  })
})
