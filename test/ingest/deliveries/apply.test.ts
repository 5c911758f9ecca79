import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { commandLine } from '../../../src/access/actor.ts'
import { deliveryJobs } from '../../../src/ingest/deliveries/jobs.ts'
import { receiveDeliveries } from '../../../src/ingest/deliveries/receive-deliveries.ts'
import { rotateSecret } from '../../../src/ingest/deliveries/rotate-secret.ts'
import type { Database } from '../../../src/platform/database/database.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { discourseStory, githubStory } from './scenarios.ts'
import { type DeliveryTestDeps, deliveryDeps, SECRET, type TestDelivery } from './support.ts'

const CONTENT = [
  'votes',
  'acceptance_updates',
  'acceptances',
  'tombstones',
  'posts',
  'threads',
  'members',
] as const
const BESIDE = ['received_deliveries', 'jobs', 'events', 'post_changes', 'thread_views'] as const
/** When a row was written and as of when it holds depend on when deliveries came; nothing else may. */
const TIMES = ['as_of', 'removed_at', 'updated_at']

/** All that anyone is shown; of what was removed some is kept as a row, some as a tombstone, as it came. */
async function contentOf(db: Database): Promise<Record<string, unknown[]>> {
  const content: Record<string, unknown[]> = {}
  for (const table of CONTENT.filter((name) => !['acceptance_updates', 'tombstones'].includes(name))) {
    const rows: Record<string, unknown>[] = await db.sql(table)
    content[table] = rows
      .filter(({ removed_at = null }) => removed_at === null)
      .map((row) => JSON.stringify(row, (key, value) => (TIMES.includes(key) ? value !== null : value)))
      .sort()
  }
  return content
}

describeEachDatabase('applying deliveries', (database, { name }) => {
  let db: Database
  let deps: DeliveryTestDeps

  beforeAll(async () => {
    db = (await database()).db
    deps = deliveryDeps(db)
    for (const kind of ['discourse', 'github'])
      await rotateSecret(deps, { source: 'forum', kind, secret: SECRET, actor: commandLine })
  })
  beforeEach(() => empty())
  afterAll(() => deps.outbound.close())

  async function empty(): Promise<void> {
    for (const table of [...CONTENT, ...BESIDE]) await db.sql(table).delete()
  }
  const receive = async (kind: string, some: readonly TestDelivery[]) =>
    receiveDeliveries(
      deps,
      some.map(({ headers, body }) => ({ source: 'forum', kind, headers, body: Buffer.from(body) })),
    )
  async function work(): Promise<void> {
    deps.clock.advance(1000)
    await drainJobs(deps, deliveryJobs(deps))
  }

  const stories = { discourse: discourseStory(), github: githubStory() }

  it('makes threads, posts and acceptances of the events of Discourse', async () => {
    await receive('discourse', stories.discourse)
    await work()
    const threads = await db.sql('threads')
    expect(threads).toMatchObject([
      { external_id: '50', title: 'The box restarts every hour', answer_count: 2, accepted_count: 0 },
    ])
    expect(Boolean(threads[0].closed)).toBe(true)
    const posts = await db.sql('posts').whereNull('removed_at').orderBy('external_id')
    expect(posts.map((row) => [row.external_id, row.kind])).toEqual([
      ['500', 'question'],
      ['501', 'answer'],
      ['503', 'answer'],
    ])
    expect(posts[1].body).toContain('version 3')
    const states = await deps.deliveries.list((await deps.sources.require('forum')).id, { limit: 50 })
    expect(
      states.items
        .filter(({ status }) => status === 'ignored')
        .map(({ event }) => event)
        .sort(),
    ).toEqual(['ping', 'post_created', 'post_created', 'user_created'])
    expect(states.items.every(({ attempts, error }) => attempts === 1 && error === undefined)).toBe(true)
    expect(await db.sql('received_deliveries').whereNotNull('body')).toEqual([])
    expect(deps.errors).toEqual([])
  })

  it('makes threads, posts and acceptances of the events of GitHub', async () => {
    await receive('github', stories.github)
    await work()
    expect(await db.sql('threads')).toMatchObject([
      { external_id: 'D_9', title: 'How do I reset the box?', accepted_count: 1, answer_count: 1 },
    ])
    const posts = await db.sql('posts').whereNull('removed_at').orderBy('external_id')
    expect(posts.map((row) => [row.external_id, row.kind])).toEqual([
      ['DC_20', 'answer'],
      ['DC_21', 'comment'],
      ['D_9', 'question'],
    ])
    expect(posts[0].body).toContain('as of second 8')
    expect(await db.sql('members').orderBy('name').pluck('name')).toEqual(['ada', 'grace'])
  })

  it.each(['discourse', 'github'] as const)(
    'ends in the same database whatever the order and repetition, from %s',
    async (kind) => {
      const story = stories[kind]
      for (const each of story) {
        await receive(kind, [each])
        await work()
      }
      const expected = await contentOf(db)
      const places = story.map((_, i) => i)
      const orders = fc
        .tuple(
          fc.shuffledSubarray(places, { minLength: places.length }),
          fc.array(fc.nat(story.length - 1), { maxLength: 8 }),
          fc.array(fc.record({ take: fc.integer({ min: 1, max: 6 }), ms: fc.nat(2), works: fc.boolean() }), {
            minLength: 3,
            maxLength: 12,
          }),
        )
        .map(([order, again, rhythm]) => ({ order: [...order, ...again], rhythm }))
      await fc.assert(
        fc.asyncProperty(orders, async ({ order, rhythm }) => {
          await empty()
          for (let i = 0, beat = 0; i < order.length; beat++) {
            const { take, ms, works } = rhythm[beat % rhythm.length]!
            await receive(
              kind,
              order.slice(i, i + take).map((place) => story[place]!),
            )
            i += take
            deps.clock.advance(ms)
            if (works) await work()
          }
          await work()
          expect(await contentOf(db)).toEqual(expected)
          expect(await db.sql('received_deliveries').whereIn('status', ['waiting', 'failed'])).toEqual([])
        }),
        { numRuns: name === 'SQLite' ? 40 : 12 },
      )
    },
    240_000,
  )
})
