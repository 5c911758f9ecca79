import { expect, it } from 'vitest'
import { promoteThread } from '../../src/articles/promotion/promote-thread.ts'
import { promoteTogether } from '../../src/articles/promotion/promote-together.ts'
import { stableId } from '../../src/platform/ids.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { actor, manager, openWorld, type ThreadFixture } from './world.ts'

const THREADS: Readonly<Record<string, ThreadFixture>> = {
  lead: {
    title: 'The box whistles at night',
    question: 'My box whistles at night.',
    answers: [{ body: 'Stand the box upright, away from the wall.', accepted: true }],
    labels: { category: 'noise' },
  },
  second: {
    title: 'Noisy box',
    question: 'My box whistles. An error light is red too.',
    answers: [
      {
        body: 'Stand the box upright, away from the wall. Then clean the fan with a dry brush.',
        accepted: true,
      },
    ],
    labels: { category: 'box' },
  },
  third: { title: 'Whistling', question: 'It whistles.', answers: [{ body: 'Buy earplugs.' }] },
  other: { title: 'Lamp', question: 'My lamp flickers.' },
}

describeEachDatabase('promoting threads together', (database) => {
  async function open(address: TestDatabase) {
    const world = await openWorld(address)
    const thread = await world.importThreads('forum', 'public', THREADS)
    return {
      world,
      thread,
      all: ['lead', 'second', 'third'].map(thread),
      post: (name: string) => stableId('pst', 'forum', name),
    }
  }

  it('drafts one article: the lead’s title and issue, the symptoms of others, all answers joined', async () => {
    const { world, all, post } = await open(await database())
    const { article, created } = await promoteTogether(world, { threadIds: all, actor: manager })
    expect(created).toBe(true)
    expect(article).toMatchObject({
      threadId: all[0],
      title: 'The box whistles at night',
      issue: 'My box whistles at night.\n\nAn error light is red too.',
      confidence: 'not_validated',
    })
    expect(article.resolution).not.toContain('earplugs')
    expect(article.resolution.match(/Stand the box upright/g)).toHaveLength(1)
    expect(article.resolution).toContain('clean the fan')
    const citations = await world.citations.of(article.id, 'internal')
    const cited = new Set(citations.map(({ postId }) => postId))
    expect(cited).toEqual(new Set(['lead-q', 'second-q', 'third-q', 'lead-a0', 'second-a0'].map(post)))
  })

  it('answers with the same article for all threads, and for each alone', async () => {
    const { world, all, thread } = await open(await database())
    const call = await world.app()
    const first = await call('manager', 'POST', '/articles', { threadIds: all })
    expect(first).toMatchObject({ status: 201, body: { threadId: all[0], threadIds: all } })
    const again = await call('manager', 'POST', '/articles', { threadIds: [...all].reverse() })
    expect(again).toMatchObject({ status: 200, body: { id: first.body.id } })
    const alone = await call('manager', 'POST', `/threads/${all[2]}/promote`)
    expect(alone).toMatchObject({ status: 200, body: { id: first.body.id } })
    const mixed = await call('manager', 'POST', '/articles', { threadIds: [all[1], thread('other')] })
    expect(mixed).toMatchObject({
      status: 409,
      body: { code: 'ARTICLE_THREADS_PROMOTED', detail: expect.stringContaining(first.body.id) },
    })
    expect((await call('manager', 'POST', '/articles', { threadIds: [] })).status).toBe(400)
  })

  it('makes one article of promotions at once, in whatever order', async () => {
    const { world, all } = await open(await database())
    const orders = [all, [...all].reverse(), [all[1]!, all[0]!, all[2]!]]
    const made = await Promise.all(
      orders.map((threadIds) => promoteTogether(world, { threadIds, actor: manager })),
    )
    expect(made.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(made.map(({ article }) => article.id)).size).toBe(1)
    expect(await world.db.sql('articles')).toHaveLength(1)
  })

  it('leaves nothing behind where one of the threads cannot be promoted', async () => {
    const { world, all, thread } = await open(await database())
    const { article } = await promoteThread(world, { threadId: thread('other'), actor: manager })
    const mixed = promoteTogether(world, { threadIds: [...all, thread('other')], actor: manager })
    await expect(mixed).rejects.toMatchObject({
      code: 'ARTICLE_THREADS_PROMOTED',
      details: { articleId: article.id },
    })
    expect(await world.db.sql('articles')).toHaveLength(1)
    expect(await world.db.sql('article_threads')).toHaveLength(1)
  })

  it('locks the article with any of its threads, in lists, search and publication', async () => {
    const { world, all } = await open(await database())
    const call = await world.app([manager, actor('reader', 'public', 'router')])
    const { id } = (await call('manager', 'POST', '/articles', { threadIds: all })).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    await world.runJobs()
    const found = async () =>
      (await call('reader', 'GET', '/search?q=upright&kind=article')).body.items.map(
        (item: { id: string }) => item.id,
      )
    expect(await found()).toEqual([id])
    expect((await call('reader', 'GET', `/articles/${id}`)).body).toMatchObject({ threadIds: all })
    await world.db.sql('thread_protections').insert({
      thread_id: all[2],
      facet: 'sensitivity',
      label: 'sensitive',
      basis: 'label',
      protected_at: '2026-01-10T08:00:00.000Z',
    })
    expect((await call('reader', 'GET', `/articles/${id}`)).status).toBe(404)
    expect(await found()).toEqual([])
    expect(await world.citations.lockedThread(id)).toBe(all[2])
    expect(await world.citations.permittedAudience(id)).toBe('internal')
  })

  it('takes the category of the lead', async () => {
    const { world, all } = await open(await database())
    const call = await world.app()
    const { id } = (await call('manager', 'POST', '/articles', { threadIds: all })).body
    await call('manager', 'POST', `/articles/${id}/publish`, { audience: 'public' })
    const [document] = await world.db.sql('search_documents').where({ id })
    expect(document.category).toBe('noise')
  })
})
