import { expect, it } from 'vitest'
import type { Actor } from '../../../src/access/actor.ts'
import { correctLabel, revokeAnnotation, ruleOnLabel } from '../../../src/labels/annotate-thread.ts'

import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { addThreads, emptiedEachTime } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { aude, ben, type ConflictSetting, chloe, manager, setUpConflicts } from '../conflicts/setting.ts'
import { setUpReview } from '../setting.ts'

describeEachDatabase.always('second opinions', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async (share = 1) => setUpConflicts(await database(), share)
  const wanted = (setting: ConflictSetting, actor = ben, reader = actor.audience) =>
    setting.secondOpinions.threads({
      facetId: setting.facetId,
      reader,
      holder: actor.id,
      limit: 10,
      now: setting.clock.now().toISOString(),
    })

  it('are asked for where one agent has labelled blind, of the others, until there is a second', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(aude, 't2', 'billing', false)
    await setting.drain()
    expect(await wanted(setting, ben)).toEqual(['t1'])
    expect(await wanted(setting, aude)).toEqual([])
    await setting.annotate(ben, 't1', 'contract')
    await setting.drain()
    expect(await wanted(setting, chloe)).toEqual([])
  })

  it('are not asked of an agent who labelled the thread in sight of a prediction', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    await setting.annotate(ben, 't1', 'billing', false)
    await setting.drain()
    expect(await wanted(setting, ben)).toEqual([])
    expect(await wanted(setting, chloe)).toEqual(['t1'])
  })

  it('are not wanted after a ruling, or when the first was revoked', async () => {
    const setting = await setUp()
    await setting.annotate(aude, 't1', 'billing')
    const { id } = await setting.annotate(aude, 't3', 'network')
    await setting.drain()
    expect(await wanted(setting)).toEqual(['t1', 't3'])
    await ruleOnLabel(setting.deps, { threadId: 't1', facet: 'category', label: 'billing', actor: manager })
    await revokeAnnotation(setting.deps, { id, actor: aude })
    expect(await wanted(setting)).toEqual([])
  })

  it('are asked for a share of the threads, the same however often it is done', async () => {
    const setting = await setUp(0.3)
    const ids = Array.from({ length: 30 }, (_, i) => `x${i}`)
    await addThreads(
      setting.deps,
      ids.map((id) => ({ id })),
    )
    for (const id of ids) await setting.annotate(aude, id, 'billing')
    await setting.drain()
    const rows = await setting.db.sql('second_opinions').orderBy('thread_id').pluck('thread_id')
    expect(rows.length).toBeGreaterThan(1)
    expect(rows.length).toBeLessThan(20)
    for (const id of ids.slice(0, 10)) await setting.annotate(aude, id, 'contract')
    await setting.drain()
    expect(await setting.db.sql('second_opinions').orderBy('thread_id').pluck('thread_id')).toEqual(rows)
  })

  it('are not asked of those who may not see the thread', async () => {
    const setting = await setUp()
    await addThreads(setting.deps, [{ id: 's1' }], { name: 'desk', audience: 'internal' })
    await setting.annotate(aude, 's1', 'billing')
    await setting.drain()
    expect(await wanted(setting, ben)).toEqual(['s1'])
    expect(await wanted(setting, ben, 'public')).toEqual([])
  })

  it('come blind between other questions of the queue, and stay until they are given', async () => {
    const setting = await setUpReview(await database())
    const ids = Array.from({ length: 8 }, (_, i) => `x${i}`)
    await setting.store(ids.map((id) => ({ id, title: `Question ${id} about something` })))
    const facet = await setting.deps.facets.require('category')
    const annotate = (actor: Actor, threadId: string) =>
      correctLabel(setting.deps, { threadId, facet: 'category', label: 'billing', blind: true, actor })
    await annotate(aude, 'x3')
    await setting.review.secondOpinions.request(facet.id, 'x3')
    const queueOf = async (actor: Actor, limit = 4) =>
      (await reviewQueue(setting.review, { facet: 'category', limit, actor })).items
    expect((await queueOf(aude, 8)).map(({ threadId }) => threadId)).not.toContain('x3')
    setting.clock.advance(3_600_000)
    for (let asked = 0; asked < 2; asked++) {
      const drawn = (await queueOf(ben)).filter(({ why }) => why === 'second-opinion')
      expect(drawn).toMatchObject([
        { threadId: 'x3', blind: true, reason: expect.stringContaining('another agent') },
      ])
      expect(drawn[0]?.prediction).toBeUndefined()
    }
    expect((await queueOf(chloe)).map(({ threadId }) => threadId)).not.toContain('x3')
    await annotate(ben, 'x3')
    expect((await queueOf(ben)).map(({ threadId }) => threadId)).not.toContain('x3')
  })
})
