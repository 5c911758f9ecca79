import { expect, it } from 'vitest'
import { takeTrainingLease } from '../../../src/models/training/training-lease.ts'
import { emptiedEachTime } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpModels } from '../support.ts'

describeEachDatabase.always('the lease on training a facet', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpModels(await database())
    const facet = await deps.facets.require('category')
    const take = (signal?: AbortSignal, wait = true) =>
      takeTrainingLease(deps.db, deps.clock, facet, { wait, signal })
    return { ...deps, take }
  }

  it('is held by one at a time and free when released', async () => {
    const { take } = await setUp()
    const first = await take()
    await expect(take(AbortSignal.timeout(400))).rejects.toThrow()
    await expect(take(undefined, false)).rejects.toMatchObject({ code: 'TRAINING_IN_PROGRESS' })
    await first.release()
    const second = await take(AbortSignal.timeout(2000))
    await second.confirm()
    await second.release()
  })

  it('ends by itself when its holder dies, who can store nothing any more', async () => {
    const { take, clock } = await setUp()
    const dead = await take()
    clock.advance(31_000)
    const heir = await take(AbortSignal.timeout(2000))
    await heir.confirm()
    await expect(dead.confirm()).rejects.toMatchObject({ code: 'TRAINING_TAKEN_OVER' })
    await dead.release()
    await heir.confirm()
    await heir.release()
  })
})
