import { expect, it } from 'vitest'
import { revokeAnnotation, ruleOnLabel } from '../../src/labels/index.ts'
import { addThreads, emptiedEachTime } from '../labels/support.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { aude, ben, type ConflictSetting, chloe, manager, setUpConflicts } from './conflict-setting.ts'

describeEachDatabase('second opinions', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async (share = 1) => setUpConflicts(await database(), share)
  const wanted = (house: ConflictSetting, actor = ben, reader = actor.audience) =>
    house.secondOpinions.threads({ facetId: house.facetId, reader, actorId: actor.id, limit: 10 })

  it('are asked for where one agent has labelled blind, of the others, until there is a second', async () => {
    const house = await setUp()
    await house.say(aude, 't1', 'billing')
    await house.say(aude, 't2', 'billing', false)
    await house.drain()
    expect(await wanted(house, ben)).toEqual(['t1'])
    expect(await wanted(house, aude)).toEqual([])
    await house.say(ben, 't1', 'contract')
    await house.drain()
    expect(await wanted(house, chloe)).toEqual([])
  })

  it('are not asked of an agent who labelled the thread in sight of a prediction', async () => {
    const house = await setUp()
    await house.say(aude, 't1', 'billing')
    await house.say(ben, 't1', 'billing', false)
    await house.drain()
    expect(await wanted(house, ben)).toEqual([])
    expect(await wanted(house, chloe)).toEqual(['t1'])
  })

  it('are not wanted after a ruling, or when the first was taken back', async () => {
    const house = await setUp()
    await house.say(aude, 't1', 'billing')
    const { id } = await house.say(aude, 't3', 'network')
    await house.drain()
    expect(await wanted(house)).toEqual(['t1', 't3'])
    await ruleOnLabel(house.deps, { threadId: 't1', facet: 'category', label: 'billing', actor: manager })
    await revokeAnnotation(house.deps, { id, actor: aude })
    expect(await wanted(house)).toEqual([])
  })

  it('are asked for a share of the threads, the same however often it is done', async () => {
    const house = await setUp(0.3)
    const ids = Array.from({ length: 60 }, (_, i) => `x${i}`)
    await addThreads(
      house.deps,
      ids.map((id) => ({ id })),
    )
    for (const id of ids) await house.say(aude, id, 'billing')
    await house.drain()
    const rows = await house.db.sql('second_opinions').orderBy('thread_id').pluck('thread_id')
    expect(rows.length).toBeGreaterThan(6)
    expect(rows.length).toBeLessThan(32)
    for (const id of ids) await house.say(aude, id, 'contract')
    await house.drain()
    expect(await house.db.sql('second_opinions').orderBy('thread_id').pluck('thread_id')).toEqual(rows)
  })

  it('are not asked of those who may not see the thread', async () => {
    const house = await setUp()
    await addThreads(house.deps, [{ id: 's1' }], { name: 'desk', audience: 'internal' })
    await house.say(aude, 's1', 'billing')
    await house.drain()
    expect(await wanted(house, ben)).toEqual(['s1'])
    expect(await wanted(house, ben, 'public')).toEqual([])
  })
})
