import { expect, it } from 'vitest'
import { triageJobs } from '../../src/triage/jobs.ts'
import { readTriage } from '../../src/triage/read-triage.ts'
import { continueSweep } from '../../src/triage/sweep.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { performJob } from '../support/drain-jobs.ts'
import { setUpTriage } from './setting.ts'

const keywords = { invoice: 'billing', antenna: 'network' }

describeEachDatabase('a sweep over all threads', (database) => {
  it('classifies all threads again when a model becomes active, from where a killed worker had come to', async () => {
    const setting = await setUpTriage(await database())
    const ids = Array.from({ length: 1300 }, (_, i) => `t${String(i).padStart(4, '0')}`)
    await setting.store(ids.map((id) => ({ id, title: 'Wrong invoice' })))
    await setting.activate(keywords)
    const killed = new AbortController()
    const [start, sweep] = ['triage.start-sweep', 'triage.sweep'].map(
      (type) => triageJobs(setting.deps).find((handler) => handler.type === type)!,
    ) as [ReturnType<typeof triageJobs>[number], ReturnType<typeof triageJobs>[number]]
    await performJob(start, {}, killed.signal)
    await performJob(sweep, { sweep: 1 }, killed.signal)
    expect(setting.classified).toHaveLength(1000)
    killed.abort()
    await expect(performJob(sweep, { sweep: 1, after: ids[999] }, killed.signal)).rejects.toThrow()
    await performJob(sweep, { sweep: 1, after: ids[999] })
    expect(setting.classified).toHaveLength(1300)
    const counted = await setting.db.sql('predictions').count('* as n').first()
    expect(Number(counted?.n)).toBe(1300)
  })

  it('ends a sweep when a later one begins, which leaves alone what is up to date', async () => {
    const setting = await setUpTriage(await database())
    await setting.store([
      { id: 't1', title: 'Wrong invoice' },
      { id: 't2', title: 'No antenna' },
    ])
    await setting.activate(keywords)
    await setting.drain()
    expect(setting.classified).toHaveLength(2)
    await setting.activate({ urgent: 'high', invoice: 'low' }, 'urgency')
    await setting.drain()
    expect(setting.classified).toHaveLength(4)
    await continueSweep(setting.deps, { sweep: 1 })
    expect(setting.classified).toHaveLength(4)
    expect((await readTriage(setting.deps, 't1', 'forum')).predictions.map(({ facet }) => facet)).toEqual([
      'category',
      'urgency',
    ])
  })
})
