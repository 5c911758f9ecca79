import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { setApiAccess } from '../../../src/ingest/deliveries/api-access.ts'
import { deliveryJobs } from '../../../src/ingest/deliveries/jobs.ts'
import { receiveDeliveries } from '../../../src/ingest/deliveries/receive-deliveries.ts'
import { rotateSecret } from '../../../src/ingest/deliveries/rotate-secret.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { type DeliveryTestDeps, deliveryDeps, SECRET, zendeskDelivery } from './support.ts'
import { startZendesk, type ZendeskPost, type ZendeskServer } from './zendesk-server.ts'

const TABLES = [
  'votes',
  'acceptance_updates',
  'acceptances',
  'tombstones',
  'posts',
  'threads',
  'members',
  'source_api_access',
  'received_deliveries',
  'jobs',
  'events',
  'post_changes',
  'thread_views',
]
const credentials = { user: 'agent@example.com', token: 'token-for-tests' }

describeEachDatabase('deliveries of a Zendesk community', (database, { name }) => {
  let db: Database
  let deps: DeliveryTestDeps
  let zendesk: ZendeskServer
  let sent = 0

  beforeAll(async () => {
    db = (await database()).db
    deps = deliveryDeps(db)
    zendesk = await startZendesk()
    await rotateSecret(deps, { source: 'help', kind: 'zendesk', secret: SECRET, actor: commandLine })
  })
  beforeEach(async () => {
    await empty()
    zendesk.failure = undefined
    zendesk.hidden = undefined
    zendesk.asked.length = 0
    zendesk.posts.clear()
    zendesk.posts.set(4, { id: 4, title: 'Another post', details: '', comments: [] })
    zendesk.posts.set(5, {
      id: 5,
      title: 'A dark mode for the box',
      details: '<p>My eyes hurt at <b>night</b>.</p>',
      vote_sum: 4,
      comments: [
        { id: 51, body: '<p>Mine too.</p>' },
        { id: 52, body: '<p>It is in the menu since March.</p>', official: true },
        { id: 53, body: '<p>Thank you.</p>' },
      ],
    })
  })
  afterAll(async () => {
    await zendesk.close()
    await deps.outbound.close()
  })

  async function empty(): Promise<void> {
    for (const table of TABLES) await db.sql(table).delete()
  }
  async function deliver(event: string, more: object = {}): Promise<void> {
    sent += 1
    deps.clock.advance(1)
    const now = deps.clock.now().toISOString()
    const payload = { detail: { id: '5', topic_id: '7' }, time: now.replace('Z', '633141Z'), ...more }
    const { headers, body } = zendeskDelivery(`i-${sent}`, event, payload, { at: now })
    const receipts = await receiveDeliveries(deps, [
      { source: 'help', kind: 'zendesk', headers, body: Buffer.from(body) },
    ])
    expect(receipts).toMatchObject([{ outcome: 'queued' }])
  }
  async function work(): Promise<void> {
    deps.clock.advance(1000)
    await drainJobs(deps, deliveryJobs(deps))
  }
  const open = (access: object = { credentials }) =>
    setApiAccess(deps, { source: 'help', access: { address: zendesk.url, ...access }, actor: commandLine })
  const listed = async () =>
    (await deps.deliveries.list((await deps.sources.require('help')).id, { limit: 100 })).items
  const shown = async () =>
    (await db.sql('posts').whereNull('removed_at').orderBy('external_id')).map((row) => [
      row.external_id,
      row.kind,
      row.body,
    ])
  const accepted = async () =>
    db
      .sql('acceptances as a')
      .join('posts as p', 'p.id', 'a.post_id')
      .orderBy('external_id')
      .pluck('external_id')

  it('are filled in by the API, with all comments, names and votes', async () => {
    await open()
    await deliver('community_post.created')
    await work()
    expect(await listed()).toMatchObject([
      { event: 'community_post.created', status: 'applied', attempts: 1 },
    ])
    expect(await db.sql('threads')).toMatchObject([
      {
        external_id: '5',
        title: 'A dark mode for the box',
        tags: '["tag 01ABC"]',
        facts: '{"categoryId":"7","category":"Boxes"}',
        answer_count: 3,
        accepted_count: 1,
      },
    ])
    expect(await shown()).toEqual([
      ['5', 'question', 'My eyes hurt at **night**.'],
      ['comment-51', 'answer', 'Mine too.'],
      ['comment-52', 'answer', 'It is in the menu since March.'],
      ['comment-53', 'answer', 'Thank you.'],
    ])
    expect(await accepted()).toEqual(['comment-52'])
    expect(await db.sql('members').orderBy('name').pluck('name')).toEqual(['Ada', 'Grace'])
    const basic = `Basic ${Buffer.from('agent@example.com/token:token-for-tests').toString('base64')}`
    expect(new Set(zendesk.asked.map(({ authorization }) => authorization))).toEqual(new Set([basic]))
  })

  it('are asked for once where several are about one post', async () => {
    await open()
    for (const event of ['created', 'changed', 'comment_created', 'comment_created', 'vote_created'])
      await deliver(`community_post.${event}`)
    await work()
    expect(zendesk.asked.map(({ path }) => path).filter((path) => path.includes('/5.json'))).toHaveLength(1)
    expect((await listed()).map(({ status }) => status)).toEqual(Array(5).fill('applied'))
  })

  it('report what was removed: a comment, an official mark, the post itself', async () => {
    await open()
    await deliver('community_post.created')
    await work()
    const post = zendesk.posts.get(5)!
    post.comments = post.comments.filter(({ id }) => id !== 51)
    await deliver('community_post.comment_unpublished')
    await work()
    expect((await shown()).map(([id]) => id)).toEqual(['5', 'comment-52', 'comment-53'])
    post.comments[0]!.official = false
    post.comments[1]!.official = true
    await deliver('community_post.comment_changed')
    await work()
    expect(await accepted()).toEqual(['comment-53'])
    zendesk.posts.delete(5)
    await deliver('community_post.changed')
    await work()
    expect(await shown()).toEqual([])
  })

  it.each(['lists-none', 'lists-not'] as const)(
    'remove nothing when the access no longer sees any post (%s), and wait for one that does',
    async (hidden) => {
      await open()
      await deliver('community_post.created')
      await work()
      zendesk.hidden = hidden
      await deliver('community_post.changed')
      await work()
      expect(await shown()).toHaveLength(4)
      const [failed] = await listed()
      expect(failed).toMatchObject({ status: 'failed', error: { code: 'SOURCE_API_FAILED' } })
      expect(failed?.error?.message).toContain('shows neither post 5')
      zendesk.hidden = undefined
      zendesk.posts.get(5)!.comments.pop()
      await open({ credentials: { ...credentials, token: 'token-that-sees' } })
      await work()
      expect((await listed()).map(({ status }) => status)).toEqual(['applied', 'applied'])
      expect(await shown()).toHaveLength(3)
    },
  )

  it('are kept without access to the API, say so, and are applied once there is some', async () => {
    await deliver('community_post.created')
    await work()
    expect(await listed()).toMatchObject([
      {
        status: 'failed',
        attempts: 1,
        error: { code: 'SOURCE_API_REQUIRED', message: expect.stringContaining('API') },
      },
    ])
    expect(await deps.jobs.counts()).toMatchObject({ dead: 0 })
    await open()
    await work()
    expect(await listed()).toMatchObject([{ status: 'applied', attempts: 2 }])
    expect(await shown()).toHaveLength(4)
  })

  it('say that the token is not accepted, and do not go on asking', async () => {
    await open()
    zendesk.failure = 401
    await deliver('community_post.created')
    await work()
    expect(await listed()).toMatchObject([{ status: 'failed', error: { code: 'SOURCE_API_REFUSED' } }])
    expect(await deps.jobs.counts()).toMatchObject({ dead: 0 })
    expect(zendesk.asked).toHaveLength(1)
    expect(JSON.stringify(await listed())).not.toContain('token-for-tests')
  })

  it('do not reach an address on a private network that nobody allowed', async () => {
    await open({})
    await db.sql('source_api_access').update({ address: 'https://169.254.169.254' })
    await deliver('community_post.created')
    await work()
    expect(await listed()).toMatchObject([{ status: 'failed', error: { code: 'OUTBOUND_ADDRESS_REFUSED' } }])
  })

  it('are refused when they name no post, and left alone when they are about other things', async () => {
    await open()
    await deliver('community_post.created', { detail: { id: '../users/1' } })
    await deliver('community_post.created', { detail: {} })
    await deliver('community_post.subscription_created')
    await deliver('article.published')
    await work()
    const states = (await listed()).map(({ status, error }) => [status, error?.code]).sort()
    expect(states).toEqual([
      ['failed', 'WEBHOOK_PAYLOAD_UNEXPECTED'],
      ['failed', 'WEBHOOK_PAYLOAD_UNEXPECTED'],
      ['ignored', undefined],
      ['ignored', undefined],
    ])
    expect(zendesk.asked).toEqual([])
  })

  it('end in the same database whatever their order, how often they come and when they are applied', async () => {
    const steps: ((post: ZendeskPost) => string)[] = [
      () => 'created',
      (post) => {
        post.title = 'A dark mode'
        return 'changed'
      },
      (post) => {
        post.comments = [...post.comments, { id: 54, body: 'At last.' }]
        return 'comment_created'
      },
      (post) => {
        post.comments = post.comments.filter(({ id }) => id !== 51)
        return 'comment_unpublished'
      },
      (post) => {
        post.comments = post.comments.map((each) => ({ ...each, official: each.id === 54 }))
        return 'comment_changed'
      },
    ]
    const place = fc.integer({ min: 0, max: steps.length - 1 })
    const plans = fc.record({
      order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
      again: fc.array(place, { maxLength: 4 }),
      works: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    })
    await fc.assert(
      fc.asyncProperty(plans, async ({ order, again, works }) => {
        await empty()
        await open()
        const post: ZendeskPost = {
          id: 5,
          title: 'A dark mode for the box',
          details: 'My eyes hurt.',
          comments: [{ id: 51, body: 'Mine too.' }],
        }
        zendesk.posts.set(5, post)
        const events = steps.map((step) => {
          deps.clock.advance(10)
          return { event: step(post), time: deps.clock.now().toISOString() }
        })
        for (const [i, at] of [...order, ...again].entries()) {
          await deliver(`community_post.${events[at]!.event}`, { time: events[at]!.time })
          if (works[i]) await work()
        }
        await work()
        expect((await shown()).map(([id]) => id)).toEqual(['5', 'comment-54'])
        expect(await accepted()).toEqual(['comment-54'])
        expect(await db.sql('threads').pluck('title')).toEqual(['A dark mode'])
      }),
      { numRuns: name === 'SQLite' ? 25 : 8 },
    )
  })
})
