import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { openUse, signedIn } from './setting.ts'

describeEachDatabase.always('the feedback of readers', (database) => {
  it('is counted without a key, for those who work on articles', async () => {
    const { call, shown } = await openUse(await database())
    const give = (solved: boolean, who?: string) =>
      call(who, 'POST', `/articles/${shown}/feedback`, { solved })
    expect(await give(true)).toMatchObject({ status: 201, body: { solved: true } })
    await give(true)
    await give(false, 'customer')
    expect((await call('agent', 'GET', `/articles/${shown}`)).body.feedback).toEqual({
      solved: 2,
      unsolved: 1,
    })
    expect((await call('customer', 'GET', `/articles/${shown}`)).body).not.toHaveProperty('feedback')
  })

  it('is not taken on an article that the reader may not see', async () => {
    const { call, hidden } = await openUse(await database())
    for (const who of [undefined, 'customer'])
      expect(await call(who, 'POST', `/articles/${hidden}/feedback`, { solved: true })).toMatchObject({
        status: 404,
        body: { code: 'ARTICLE_NOT_FOUND' },
      })
  })

  it('opens a report by nobody where a stranger’s problem is not solved, without personal data', async () => {
    const { world, call, shown, owner } = await openUse(await database())
    const comment = ' No second page. Write to jeanne.martin@example.org or call 06 12 34 56 78. '
    const given = await call(undefined, 'POST', `/articles/${shown}/feedback`, { solved: false, comment })
    expect(given.body.comment).toBe('No second page. Write to {e-mail} or call {phone}.')
    await call(undefined, 'POST', `/articles/${shown}/feedback`, { solved: true, comment: 'Thank you' })
    const { items } = (await call('olga', 'GET', '/articles/reports?owner=me')).body
    expect(items).toMatchObject([
      { comment: given.body.comment, origin: 'reader', owner: { id: owner.id }, article: { id: shown } },
    ])
    expect(items).toHaveLength(1)
    expect(items[0]).not.toHaveProperty('by')
    const stored = JSON.stringify([
      await world.db.sql('article_feedback'),
      await world.db.sql('article_reports'),
      await world.db.sql('audit_log'),
    ])
    expect(stored).not.toMatch(/jeanne|06 12/)
    const long = { solved: false, comment: 'x'.repeat(1001) }
    expect((await call(undefined, 'POST', `/articles/${shown}/feedback`, long)).status).toBe(400)
  })

  it('of a person who is signed in counts once a day, as they said last, and opens one report', async () => {
    const { world, call, shown } = await openUse(await database())
    const give = (body: object) =>
      call(undefined, 'POST', `/articles/${shown}/feedback`, body, signedIn('customer'))
    const counts = async () => (await call('agent', 'GET', `/articles/${shown}`)).body.feedback
    expect((await give({ solved: false, comment: 'No second page.' })).status).toBe(201)
    expect((await give({ solved: false, comment: 'Not on paper.' })).status).toBe(200)
    expect((await give({ solved: true })).status).toBe(200)
    expect(await counts()).toEqual({ solved: 1, unsolved: 0 })
    expect((await call('agent', 'GET', '/articles/reports')).body.items).toMatchObject([
      { comment: 'No second page.', by: { name: 'customer' } },
    ])
    world.clock.advance(86_400_000)
    expect((await give({ solved: true })).status).toBe(201)
    expect(await counts()).toEqual({ solved: 2, unsolved: 0 })
  })

  it('opens no more reports on one article than people can read', async () => {
    const { world, call, shown } = await openUse(await database())
    for (let i = 0; i < 22; i++)
      await call(undefined, 'POST', `/articles/${shown}/feedback`, { solved: false, comment: `Page ${i}?` })
    expect(await world.db.sql('article_reports')).toHaveLength(20)
    expect((await call('agent', 'GET', `/articles/${shown}`)).body.feedback.unsolved).toBe(22)
  })
})
