import { expect, it } from 'vitest'
import { actor, manager, openWorld } from '../articles/world.ts'
import { describeEachDatabase } from '../support/databases.ts'

const reader = actor('reader', 'public', 'router')
const accepted = (body: string) => [{ body, accepted: true }]

const threads = {
  same: {
    title: 'Router light stays red after the update',
    question: 'Since the update of last night the light of my router stays red and nothing connects.',
    answers: [{ body: 'Mine too.' }],
  },
  solved: {
    title: 'Light of the router stays red after update',
    question: 'The light of my router stays red since the update, nothing connects any more.',
    answers: accepted('Hold the button of the router for ten seconds: it loads the firmware again.'),
  },
  related: {
    title: 'Which colours can the light of a router have?',
    question: 'I would like a table of all of them.',
    answers: accepted('Green, orange and red.'),
  },
  other: { title: 'Moving house with a fixed line', question: 'Whom do I tell that I move?' },
}
const post = {
  title: 'Router light stays red after update',
  text: 'Since the **update** the light of my router stays red, and nothing connects.',
}

describeEachDatabase('what may answer a post', (database) => {
  it('is the same question before what is merely related, resolved threads before open ones', async () => {
    const world = await openWorld(await database())
    const id = await world.importThreads('forum', 'public', threads)
    const call = await world.app([reader])
    const { status, body } = await call('reader', 'POST', '/search/similar', post)
    expect(status).toBe(200)
    expect(body.language).toBe('en')
    expect(body.threads.slice(0, 2)).toMatchObject([
      { id: id('solved'), sureness: 'same', resolved: true, path: `/api/threads/${id('solved')}` },
      { id: id('same'), sureness: 'same', resolved: false, answerCount: 1 },
    ])
    expect(body.threads.map((each: { id: string }) => each.id)).not.toContain(id('other'))
    const without = await call('reader', 'POST', '/search/similar', {
      ...post,
      except: id('solved'),
      limit: 1,
    })
    expect(without.body.threads).toMatchObject([{ id: id('same') }])
    const vague = { title: 'How do I read the colours that the light of a router can have?' }
    expect((await call('reader', 'POST', '/search/similar', vague)).body.threads[0]).toMatchObject({
      id: id('related'),
      sureness: 'likely',
    })
  })

  it('tells of articles too, and of nothing that the reader may not see', async () => {
    const world = await openWorld(await database())
    const id = await world.importThreads('forum', 'public', threads)
    const call = await world.app([reader, manager])
    const ask = async (who?: string) => (await call(who, 'POST', '/search/similar', post)).body
    const before = await ask('reader')
    const hidden = await world.importThreads('staff', 'internal', {
      secret: { ...threads.solved, title: post.title },
      more: { title: 'Router red', question: 'red light update router connects '.repeat(20) },
    })
    expect(await ask('reader')).toEqual(before)
    expect(await ask()).toEqual(before)
    expect((await ask('manager')).threads.map((each: { id: string }) => each.id)).toContain(hidden('secret'))

    const draft = await call('manager', 'POST', `/threads/${id('solved')}/promote`, {})
    const article = draft.body.id
    expect((await ask('reader')).articles).toEqual([])
    const published = await call('manager', 'POST', `/articles/${article}/publish`, { audience: 'public' })
    expect(published.status).toBe(200)
    expect((await ask()).articles).toMatchObject([{ id: article, sureness: 'same' }])
  })

  it('keeps nothing, and takes any text', async () => {
    const world = await openWorld(await database())
    await world.importThreads('forum', 'public', threads)
    const call = await world.app([reader])
    const nothing = await call('reader', 'POST', '/search/similar', { title: ' ' })
    expect(nothing).toMatchObject({ status: 400, body: { code: 'SEARCH_QUERY_EMPTY' } })
    for (const title of ['\u0000', '\ud800', '"(-*', '€'.repeat(500)]) {
      const text = `${'a > b '.repeat(4000)}${title}`
      const { status, body } = await call('reader', 'POST', '/search/similar', { title, text })
      expect([200, 400], JSON.stringify(body)).toContain(status)
    }
    const tooLong = { title: 'x', text: 'x'.repeat(30_001) }
    expect((await call('reader', 'POST', '/search/similar', tooLong)).status).toBe(400)
    expect(await world.db.sql('searches')).toEqual([])
  })
})
