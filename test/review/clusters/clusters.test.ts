import { describe, expect, it } from 'vitest'
import { clusterRoutes } from '../../../src/review/clusters/cluster-routes.ts'
import { groupPairs } from '../../../src/review/clusters/group-pairs.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { skipThread } from '../../../src/review/skips/skip-thread.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { agent, outsider } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview } from '../setting.ts'

describe('grouping pairs', () => {
  it('joins threads that are like one of them, not those that a chain leads to', () => {
    const pair = (one: string, other: string, likeness = 0.9) => ({ one, other, likeness })
    const groups = groupPairs([pair('a', 'b'), pair('a', 'c', 0.95), pair('c', 'd'), pair('d', 'e')], 10)
    expect(groups).toEqual([
      {
        seed: 'a',
        members: [
          { threadId: 'c', likeness: 0.95 },
          { threadId: 'b', likeness: 0.9 },
        ],
      },
      { seed: 'd', members: [{ threadId: 'e', likeness: 0.9 }] },
    ])
    expect(groupPairs([pair('a', 'b'), pair('a', 'c', 0.95)], 1)[0]?.members).toHaveLength(1)
    expect(groupPairs([], 10)).toEqual([])
  })
})

describeEachDatabase('clusters of the review queue', (database) => {
  async function setUp() {
    const setting = await setUpReview(await database())
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    const ids = ['t1', 't2', 't3', 't4']
    await setting.store(
      ids.map((id) => ({ id, title: 'Wrong invoice', question: `It is **wrong** (${id})` })),
    )
    await setting.store([{ id: 's1', title: 'Wrong invoice' }], { name: 'staff', audience: 'internal' })
    await setting.announce([...ids, 's1'])
    await setting.drain()
    await setting.db.sql('thread_links').insert(
      ['t2', 't3', 't4', 's1'].map((from_id, at) => {
        return { from_id, to_id: 't1', kind: 'near-duplicate', likeness: 0.99 - at / 100 }
      }),
    )
    const { call } = await serveRoutes(clusterRoutes(setting.review))
    const clusters = async (as = agent) =>
      (await call(as, 'GET', '/review/clusters?facet=category')).body.items.map(
        ({ threads }: { threads: { threadId: string }[] }) => threads.map(({ threadId }) => threadId),
      )
    return { setting, call, clusters }
  }

  it('hold near-duplicates without a label, with what most are predicted to be', async () => {
    const { setting, call, clusters } = await setUp()
    const { body } = await call(agent, 'GET', '/review/clusters')
    expect(body.items).toMatchObject([
      {
        likely: { label: 'billing', threads: 5 },
        threads: [
          { threadId: 't1', title: 'Wrong invoice', excerpt: 'It is wrong (t1)', source: 'forum' },
          { threadId: 't2', likeness: 0.99, prediction: { label: 'billing', decision: 'assigned' } },
          { threadId: 't3' },
          { threadId: 't4' },
          { threadId: 's1', source: 'staff' },
        ],
      },
    ])
    expect(body.items[0].threads[0]).not.toHaveProperty('likeness')
    await setting.label('t2', 'category', 'billing')
    expect(await clusters()).toEqual([['t1', 't3', 't4', 's1']])
  })

  it('leave out what the agent skipped, others hold, or the reader may not see', async () => {
    const { setting, clusters } = await setUp()
    expect(await clusters(outsider)).toEqual([['t1', 't2', 't3', 't4']])
    await skipThread(setting.review, { threadId: 't2', facet: 'category', why: 'skip', actor: agent })
    expect(await clusters()).toEqual([['t1', 't3', 't4', 's1']])
    const other = { ...agent, id: 'key_other' }
    const strategy = 'random'
    const { items } = await reviewQueue(setting.review, {
      facet: 'category',
      limit: 1,
      actor: other,
      strategy,
    })
    expect((await clusters()).flat()).not.toContain(items[0]!.threadId)
  })
})
