import { expect, it } from 'vitest'
import type { Audience } from '../../src/access/audience.ts'
import { articleJobs } from '../../src/articles/jobs.ts'
import { manager, openWorld, type ThreadFixture } from '../articles/world.ts'
import { describeEachDatabase, type TestDatabase } from '../support/databases.ts'
import { drainJobs, performJob } from '../support/drain-jobs.ts'
import { setUpReceivers } from './receivers.ts'

const question = (answer: string, accepted = true) =>
  ({ t: { title: 'Roaming', question: 'Why?', answers: [{ body: answer, accepted }] } }) satisfies Record<
    string,
    ThreadFixture
  >

async function open(address: TestDatabase, audience: Audience = 'public') {
  const world = await openWorld(address)
  const receivers = setUpReceivers(world)
  await receivers.add('staff')
  await receivers.add('world', { audience: 'public' })
  const thread = await world.importThreads('forum', audience, question('Because.'))
  const call = await world.app([manager])
  const { id } = (await call('manager', 'POST', `/threads/${thread('t')}/promote`)).body
  await drainJobs(world, articleJobs(world))
  return {
    world,
    receivers,
    id,
    publish: (to: Audience) =>
      call('manager', 'POST', `/articles/${id}/publish`, { audience: to, confirmWiderAudience: true }),
    archive: () => call('manager', 'POST', `/articles/${id}/archive`),
    async runJobs() {
      await drainJobs(world, [...articleJobs(world), ...receivers.handlers])
      return receivers.received()
    },
  }
}

describeEachDatabase('messages about articles', (database) => {
  it('go to those who may read a published article, once a publication', async () => {
    const { publish, runJobs, id } = await open(await database())
    await publish('internal')
    const first = await runJobs()
    expect(first.map(({ to }) => to)).toEqual(['staff'])
    await publish('public')
    await publish('public')
    const received = await runJobs()
    expect(received.map(({ to, type }) => [to, type])).toEqual([
      ['staff', 'article.published'],
      ['world', 'article.published'],
    ])
    expect(received[0]!.data).toEqual({
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

  it('are not made of an article that was archived meanwhile', async () => {
    const { publish, archive, runJobs } = await open(await database())
    await publish('public')
    await archive()
    expect(await runJobs()).toEqual([])
  })

  it('go to whoever sees both the article and the flagged post, and are not made when the flag is cleared', async () => {
    const { publish, runJobs, world, receivers, id } = await open(await database())
    await publish('public')
    await runJobs()
    const answer = await world.db.sql('posts').where({ kind: 'answer' }).first()
    const edit = async (body: string) => {
      await world.db.sql('posts').where({ id: answer.id }).update({ body })
      await world.outbox.append({ type: 'posts.changed', postIds: [answer.id] } as never)
    }
    await edit('Because of the moon.')
    const received = await runJobs()
    expect(received.map(({ to, type }) => [to, type])).toEqual([
      ['staff', 'flag.raised'],
      ['world', 'flag.raised'],
    ])
    expect(received[0]!.data).toMatchObject({
      article: { id, title: 'Roaming' },
      section: 'resolution',
      postId: answer.id,
      flag: 'edited',
    })
    expect(JSON.stringify(received)).not.toContain('moon')
    await edit(answer.body)
    expect(await runJobs()).toEqual([])

    await edit('Because of the sun.')
    await drainJobs(world, articleJobs(world))
    const raised = { articleId: id, section: 'resolution', postId: answer.id, flag: 'edited' }
    await edit(answer.body)
    await drainJobs(world, articleJobs(world))
    const onFlags = receivers.handlers.find(({ type }) => type === 'webhooks.enqueue-flags')
    const flags = [{ ...raised, flaggedAt: world.clock.now().toISOString() }]
    await performJob(onFlags, { flags })
    expect(await receivers.received()).toEqual([])
  })

  it('are internal for flags on closed posts and on articles that are not published', async () => {
    for (const [audience, isPublished] of [
      ['internal', true],
      ['public', false],
    ] as const) {
      const { publish, runJobs, world } = await open(await database(), audience)
      if (isPublished) await publish('public')
      await runJobs()
      const answer = await world.db.sql('posts').where({ kind: 'answer' }).first()
      await world.db.sql('posts').where({ id: answer.id }).update({ body: 'Otherwise.' })
      await world.outbox.append({ type: 'posts.changed', postIds: [answer.id] } as never)
      expect((await runJobs()).map(({ to, type }) => [to, type])).toEqual([['staff', 'flag.raised']])
    }
  })
})
