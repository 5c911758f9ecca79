import { expect, it } from 'vitest'
import { confusedThreads } from '../../../src/insight/versions/predicted-threads.ts'
import { reliabilityDiagram } from '../../../src/insight/versions/reliability-diagram.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpVersion } from './setting.ts'

describeEachDatabase('the threads behind a range of confidences', (database) => {
  it('are those that a bin of the reliability diagram counts', async () => {
    const house = await setUpVersion(await database())
    const { bins } = await reliabilityDiagram(house.figures, { ...house.about(), bins: 10 })
    for (const { from, to, n } of bins) {
      const range = to < 1 ? { from, to } : { from }
      const { items } = await confusedThreads(house.figures, { ...house.about(), ...range, limit: 100 })
      expect([from, items.length]).toEqual([from, Math.min(n, 100)])
      for (const { confidence } of items) expect(confidence).toBeGreaterThanOrEqual(from)
    }
  })

  it('are the wrong ones alone where these are asked for', async () => {
    const house = await setUpVersion(await database())
    const { right } = await reliabilityDiagram(house.figures, { ...house.about(), bins: 10 })
    const { items } = await confusedThreads(house.figures, {
      ...house.about(),
      from: 0,
      wrong: true,
      limit: 100,
    })
    expect(items).toHaveLength(right.of - right.count)
    for (const { truth, predicted } of items) expect(predicted).not.toBe(truth)
  })
})
