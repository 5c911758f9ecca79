import { expect, it } from 'vitest'
import { describeEachDatabase } from '../../support/databases.ts'
import { manager } from '../world.ts'
import { agent, setUp, solved } from './setting.ts'

const DAY_MS = 86_400_000

describeEachDatabase('searches that found nothing', (database) => {
  it('raise the candidate that they ask for, and no other', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      router: solved('Router blinks orange', { views: 70 }),
      printer: solved('Printer refuses envelopes', { views: 70 }),
    })
    await world.runJobs()
    const before = await world.find('Router blinks orange')
    expect(before.demand.failedSearches).toBeUndefined()
    for (let i = 0; i < 3; i++)
      await world.search.query({ q: 'why does my router blink orange', audience: 'public' })
    await world.search.query({ q: 'router for envelopes', audience: 'public' })
    await world.search.query({ q: 'printing envelopes', audience: 'public', language: 'fr' })
    await world.search.close()
    world.clock.advance(DAY_MS)
    await world.runJobs()

    const after = await world.find('Router blinks orange')
    expect(after.demand.failedSearches).toBe(3)
    expect(after.worth).toBeGreaterThan(1.9 * before.worth)
    const { body } = await world.call(agent, 'GET', `/candidates/${after.id}`)
    expect(body.factors.failedSearches).toBe(2)
    expect((await world.find('Printer refuses envelopes')).demand.failedSearches).toBe(0)
    expect(await world.titles()).toEqual(['Router blinks orange', 'Printer refuses envelopes'])

    await world.importThreads('forum', 'public', {
      router: solved('Router blinks orange', { views: 70 }),
      again: solved('Router blinks orange', { views: 70 }),
    })
    await world.runJobs()
    const grown = await world.find('Router blinks orange')
    expect([grown.demand.askings, grown.demand.failedSearches]).toEqual([2, 3])
  })

  it('count for thirty days', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', { router: solved('Router blinks orange', { views: 70 }) })
    await world.search.query({ q: 'router blinks', audience: 'public' })
    await world.search.close()
    const countedAfter = async (days: number) => {
      for (let day = 0; day < days; day++) {
        world.clock.advance(DAY_MS)
        await world.runJobs()
      }
      return (await world.find('Router blinks orange')).demand.failedSearches
    }
    expect(await countedAfter(1)).toBe(1)
    expect(await countedAfter(27)).toBe(1)
    expect(await countedAfter(4)).toBe(0)
  })

  it('raise nothing where the question that fits best was decided', async () => {
    const world = await setUp(await database())
    await world.importThreads('forum', 'public', {
      router: solved('Router blinks orange'),
      modem: { ...solved('Modem smells burnt'), title: 'Modem smells burnt, router blinks' },
    })
    await world.runJobs()
    const { id } = await world.find('Router blinks orange')
    await world.decide({ decision: 'decline', candidateIds: [id], reason: 'too-small' })
    await world.search.query({ q: 'router blinks orange', audience: 'public' })
    await world.search.close()
    world.clock.advance(DAY_MS)
    await world.runJobs()
    const { body } = await world.call(manager, 'GET', `/candidates?state=declined`)
    expect(body.items[0].demand.failedSearches ?? 0).toBe(0)
    expect((await world.find('Modem smells burnt, router blinks')).demand.failedSearches).toBe(0)
  })
})
