import { expect, it } from 'vitest'
import { measureFacet } from '../../../src/insight/drift/measure-facet.ts'
import { topicRoutes } from '../../../src/insight/routes.ts'
import { presentTopics } from '../../../src/insight/topics/present-topic.ts'
import { acceptTopic, dismissTopic } from '../../../src/insight/topics/resolve-topic.ts'
import { correctLabel } from '../../../src/labels/annotate-thread.ts'
import { agent, eventsOf, supervisor } from '../../labels/support.ts'
import { buildTestApp } from '../../server/test-app.ts'
import { describeEachDatabase, type TestDatabase } from '../../support/databases.ts'
import { DAY_MS, decoderPosts, keywords, setUpDrift, usualPosts } from '../drift/setting.ts'

const category = { facet: 'category' }

/** A community with a past and a model in force, and a week later a burst about a new decoder among usual posts. */
async function setUpBurst(database: Pick<TestDatabase, 'db'>, audience: 'public' | 'internal' = 'public') {
  const house = await setUpDrift(database)
  await house.ask(usualPosts('old', 200, house.askedOn(60)))
  await house.activate(keywords)
  await house.drain()
  house.clock.advance(7 * DAY_MS)
  await house.ask(usualPosts('new', 60, house.askedOn(-4)))
  await house.ask(decoderPosts('lum', 24, house.askedOn(-4)), { name: audience, audience })
  await measureFacet(house.insight, category)
  const list = async (
    reader: 'internal' | 'public' = 'internal',
    status?: 'open' | 'accepted' | 'dismissed',
  ) => {
    const { items } = await house.insight.topics.list({ reader, limit: 10, ...(status && { status }) })
    return presentTopics(house.insight, items, { reader, posts: 200 })
  }
  return { ...house, list }
}

describeEachDatabase('rising topics', (database) => {
  it('proposes a burst of posts that fit no label, in French and English, with its posts and words', async () => {
    const house = await setUpBurst(await database())
    const topics = await house.list()
    expect(topics).toHaveLength(1)
    expect(topics.flatMap(({ posts }) => posts.map(({ threadId }) => threadId)).sort()).toEqual(
      decoderPosts('lum', 24, '')
        .map(({ id }) => id)
        .sort(),
    )
    for (const { words, proposedName, status, facet, figures, summary } of topics) {
      expect({ status, facet }).toEqual({ status: 'open', facet: 'category' })
      expect(words).toContain('lumora')
      expect(proposedName.split(' ')).toHaveLength(3)
      expect(figures?.p).toBeLessThan(0.001)
      expect(figures?.askers).toBe(figures?.posts)
      expect(summary.en).toMatch(/^24 posts by 24 people about “.+” fit no label; at the earlier rate \d/)
      expect(summary.fr).toMatch(
        /^24 messages de 24 personnes sur «\u00a0.+\u00a0» n’entrent dans aucune étiquette\u202f; /,
      )
    }
    const told = (await eventsOf(house.db, 'topic.proposed')).map(({ topicId }) => topicId)
    expect(told.sort()).toEqual(topics.map(({ id }) => id).sort())
  })

  it('proposes nothing where nothing new is asked, one person asks often, or it was always asked', async () => {
    const house = await setUpDrift(await database())
    await house.ask([
      ...usualPosts('old', 200, house.askedOn(60)),
      ...decoderPosts('before', 100, house.askedOn(60)),
    ])
    await house.activate(keywords)
    house.clock.advance(7 * DAY_MS)
    await house.ask([
      ...usualPosts('new', 60, house.askedOn(-4)),
      ...decoderPosts('lum', 24, house.askedOn(-4)),
    ])
    const shouts = Array.from({ length: 20 }, (_, i) => ({
      id: `shout-${i}`,
      title: 'Bring back the penguin mascot',
      question: `I want the penguin mascot back, day ${i}.`,
      askedAt: house.askedOn(-3),
    }))
    await house.ask(shouts)
    await house.db.sql('threads').where('id', 'like', 'shout-%').update({ asker_id: 'one-person' })
    await measureFacet(house.insight, category)
    expect(await house.db.sql('topics')).toEqual([])
  })

  it('takes the same proposal further the next day, whatever the posts of the first day became', async () => {
    const house = await setUpBurst(await database())
    const before = await house.list()
    house.clock.advance(DAY_MS)
    await house.ask(decoderPosts('more', 12, house.askedOn(-7)))
    await measureFacet(house.insight, category)
    const after = await house.list()
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    expect(after.reduce((sum, { postCount }) => sum + postCount, 0)).toBe(36)
    expect(after[0]?.firstSeenAt).toBe(before[0]?.firstSeenAt)
    expect(after[0]?.lastSeenAt).toBe(house.clock.now().toISOString())
    // By its words alone: none of its posts is in the window any more.
    house.clock.advance(40 * DAY_MS)
    await house.ask(usualPosts('later', 60, house.askedOn(-45)))
    await house.ask(decoderPosts('late', 12, house.askedOn(-45)))
    await measureFacet(house.insight, category)
    expect((await house.list()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  })

  it('becomes a label, with its posts annotated only when that is asked for', async () => {
    const house = await setUpBurst(await database())
    const [topic] = await house.list()
    const id = topic!.id
    const taken = topic!.posts[0]!.threadId
    await correctLabel(house.deps, { threadId: taken, facet: 'category', label: 'network', actor: agent })
    const description = 'The decoder of 2026'
    const acceptance = { id, name: ' Lumora  decoder', description, annotate: true, actor: supervisor }
    expect(await acceptTopic(house.insight, acceptance)).toMatchObject({
      status: 'accepted',
      label: { facet: 'category', name: 'Lumora decoder' },
      resolved: { by: { id: supervisor.id } },
    })
    expect(await eventsOf(house.db, 'topic.accepted')).toMatchObject([
      { topicId: id, label: 'Lumora decoder' },
    ])
    await house.drain()
    const ids = topic!.posts.map(({ threadId }) => threadId)
    const labels = await house.threadLabels.labelsOf(ids)
    for (const threadId of ids)
      expect(labels.get(threadId)).toMatchObject([
        { label: threadId === taken ? 'network' : 'Lumora decoder', provenance: 'agent' },
      ])
    const history = await house.annotations.history(ids[1]!)
    expect(history).toMatchObject([{ note: `Topic ${id}`, actor: { id: supervisor.id } }])
    const { items } = await house.audit.list({ target: id, limit: 10 })
    expect(items).toMatchObject([
      { action: 'topic.accepted', after: { label: 'Lumora decoder', annotate: true } },
    ])
    await expect(acceptTopic(house.insight, acceptance)).rejects.toMatchObject({ code: 'TOPIC_RESOLVED' })
    await measureFacet(house.insight, category)
    expect((await house.list('internal', 'accepted')).map((each) => each.id)).toEqual([id])
    expect(await house.db.sql('topics').where({ status: 'open' }).whereNot({ id })).toHaveLength(
      (await house.list('internal', 'open')).length,
    )
  })

  it('joins a label that is there, leaves posts alone unless told, and leaves no half of it when it fails', async () => {
    const house = await setUpBurst(await database())
    const [topic] = await house.list()
    const wrong = { id: topic!.id, facet: 'mood', name: 'x', actor: supervisor }
    await expect(acceptTopic(house.insight, wrong)).rejects.toMatchObject({ code: 'FACET_NOT_FOUND' })
    await expect(
      acceptTopic(house.insight, { ...wrong, facet: 'category', name: ' ' }),
    ).rejects.toMatchObject({
      code: 'LABEL_EMPTY',
    })
    expect((await house.list())[0]?.status).toBe('open')
    const accepted = await acceptTopic(house.insight, { id: topic!.id, name: 'network', actor: supervisor })
    expect(accepted.label).toEqual({ facet: 'category', name: 'network' })
    await house.drain()
    expect(await house.db.sql('annotations')).toEqual([])
  })

  it('is not proposed again once it was dismissed', async () => {
    const house = await setUpBurst(await database())
    for (const { id } of await house.list())
      await dismissTopic(house.insight, { id, reason: 'A campaign', actor: supervisor })
    house.clock.advance(DAY_MS)
    await house.ask(decoderPosts('more', 12, house.askedOn(-7)))
    await measureFacet(house.insight, category)
    expect(await house.list('internal', 'open')).toEqual([])
    const { items } = await house.audit.list({ actor: supervisor.id, limit: 10 })
    expect(items[0]).toMatchObject({ action: 'topic.dismissed', after: { reason: 'A campaign' } })
  })

  it('is not there for a reader who may see none of its posts', async () => {
    const house = await setUpBurst(await database(), 'internal')
    const [topic] = await house.list('internal')
    expect(await house.list('public')).toEqual([])
    await expect(house.insight.topics.require(topic!.id, 'public')).rejects.toMatchObject({
      code: 'TOPIC_NOT_FOUND',
    })
    // One of its posts is public: the reader sees that one, and of the topic what that one tells.
    const { id: sourceId } = await house.sources.ensure({
      name: 'public',
      format: 'ndjson',
      audience: 'public',
    })
    const seen = topic!.posts.at(-1)!.threadId
    await house.db.sql('threads').where({ id: seen }).update({ source_id: sourceId })
    const [outside] = await house.list('public')
    expect(outside).toMatchObject({ id: topic!.id, postCount: 1, posts: [{ threadId: seen }] })
    expect(outside?.figures).toBeUndefined()
    expect(outside!.words.length).toBeLessThan(topic!.words.length)
  })

  it('is served over HTTP to supervisors and knowledge managers', async () => {
    const at = await database()
    const house = await setUpBurst(at)
    const { app, keyFor } = await buildTestApp(at, [topicRoutes(house.insight)], { clock: house.clock })
    const [manager, router] = [await keyFor('knowledge-manager'), await keyFor('router')]
    const ask = (url: string, headers = manager.headers) =>
      app.inject({ url: `/api/insight/topics${url}`, headers })
    const post = (url: string, payload: object, headers = manager.headers) =>
      app.inject({ method: 'POST', url: `/api/insight/topics${url}`, headers, payload })
    const [topic] = (await ask('?facet=category')).json().items
    expect(topic).toMatchObject({
      status: 'open',
      posts: { length: 10 },
      words: expect.arrayContaining(['lumora']),
    })
    expect((await ask('?status=dismissed')).json()).toEqual({ items: [] })
    expect((await ask(`/${topic.id}`)).json().posts).toHaveLength(topic.postCount)
    expect((await ask('/top_x')).json()).toMatchObject({ code: 'TOPIC_NOT_FOUND' })
    expect((await ask('', router.headers)).statusCode).toBe(403)
    expect((await post(`/${topic.id}/accept`, {})).json()).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect((await post(`/${topic.id}/accept`, { name: 'x' }, router.headers)).statusCode).toBe(403)
    expect((await post(`/${topic.id}/accept`, { name: 'Lumora' })).json()).toMatchObject({
      status: 'accepted',
      label: { facet: 'category', name: 'Lumora' },
    })
    expect((await post(`/${topic.id}/dismiss`, {})).json()).toMatchObject({ code: 'TOPIC_RESOLVED' })
  })
})
