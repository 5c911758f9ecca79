import { expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { manager, openWorld, type Told } from '../articles/world.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { drainJobs, performJob } from '../support/drain-jobs.ts'
import { listenTo } from './news.ts'

const question = (answer: string, accepted = true) =>
  ({ t: { title: 'Roaming', question: 'Why?', answers: [{ body: answer, accepted }] } }) satisfies Record<
    string,
    Told
  >

async function open(address: TestDatabase, audience: Audience = 'public') {
  const world = await openWorld(address)
  const listeners = listenTo(world)
  await listeners.add('house')
  await listeners.add('world', { audience: 'public' })
  const thread = await world.tell('forum', audience, question('Because.'))
  const call = await world.app([manager])
  const { id } = (await call('manager', 'POST', `/threads/${thread('t')}/promote`)).body
  await drainJobs(world, articleJobs(world))
  return {
    world,
    listeners,
    id,
    publish: (to: Audience) =>
      call('manager', 'POST', `/articles/${id}/publish`, { audience: to, confirmWiderAudience: true }),
    archive: () => call('manager', 'POST', `/articles/${id}/archive`),
    async settle() {
      await drainJobs(world, [...articleJobs(world), ...listeners.handlers])
      return listeners.told()
    },
  }
}

describeEachDatabase('who is told of articles', (database) => {
  it('tells of a publication to those who may read it, once a publication', async () => {
    const { publish, settle, id } = await open(await database())
    await publish('internal')
    const first = await settle()
    expect(first.map(({ to }) => to)).toEqual(['house'])
    await publish('public')
    await publish('public')
    const told = await settle()
    expect(told.map(({ to, type }) => [to, type])).toEqual([
      ['house', 'article.published'],
      ['world', 'article.published'],
    ])
    expect(told[0]!.data).toEqual({
      article: {
        id,
        title: 'Roaming',
        language: 'en',
        audience: 'public',
        confidence: 'validated',
        revision: 3,
        path: `/api/articles/${id}`,
        publishedAt: expect.stringMatching(/^2026-01-10T/),
      },
    })
  })

  it('does not tell of what was withdrawn before it could be told', async () => {
    const { publish, archive, settle } = await open(await database())
    await publish('public')
    await archive()
    expect(await settle()).toEqual([])
  })

  it('tells of a flag to whoever sees the article and the post, and of nothing when it was taken back', async () => {
    const { publish, settle, world, listeners, id } = await open(await database())
    await publish('public')
    await settle()
    const answer = await world.db.sql('posts').where({ kind: 'answer' }).first()
    const edit = async (body: string) => {
      await world.db.sql('posts').where({ id: answer.id }).update({ body })
      await world.outbox.append({ type: 'posts.changed', postIds: [answer.id] } as never)
    }
    await edit('Because of the moon.')
    const told = await settle()
    expect(told.map(({ to, type }) => [to, type])).toEqual([
      ['house', 'flag.raised'],
      ['world', 'flag.raised'],
    ])
    expect(told[0]!.data).toMatchObject({
      article: { id, title: 'Roaming' },
      section: 'resolution',
      postId: answer.id,
      flag: 'edited',
    })
    expect(JSON.stringify(told)).not.toContain('moon')
    await edit(answer.body)
    expect(await settle()).toEqual([])

    await edit('Because of the sun.')
    await drainJobs(world, articleJobs(world))
    const raised = { articleId: id, section: 'resolution', postId: answer.id, flag: 'edited' }
    await edit(answer.body)
    await drainJobs(world, articleJobs(world))
    const enqueueFlagMessages = listeners.handlers.find(({ type }) => type === 'webhooks.enqueue-flags')
    const flags = [{ ...raised, flaggedAt: world.clock.now().toISOString() }]
    await performJob(enqueueFlagMessages, { flags })
    expect(await listeners.told()).toEqual([])
  })

  it('keeps flags on closed posts, and on articles that are not published, within the house', async () => {
    for (const [audience, isPublished] of [
      ['internal', true],
      ['public', false],
    ] as const) {
      const { publish, settle, world } = await open(await database(), audience)
      if (isPublished) await publish('public')
      await settle()
      const answer = await world.db.sql('posts').where({ kind: 'answer' }).first()
      await world.db.sql('posts').where({ id: answer.id }).update({ body: 'Otherwise.' })
      await world.outbox.append({ type: 'posts.changed', postIds: [answer.id] } as never)
      expect((await settle()).map(({ to, type }) => [to, type])).toEqual([['house', 'flag.raised']])
    }
  })
})
