import { expect, it } from 'vitest'
import { migrateBack, migrateForward, migrations } from '../../src/platform/index.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { setUpReview } from './setting.ts'

describeEachDatabase('predictions from before the review queue measured doubt', (database) => {
  it('are measured by the alternatives that were kept with them', async () => {
    const house = await setUpReview(await database())
    const { facetId, versionId } = await house.activate({ invoice: 'billing' })
    await house.store([{ id: 'two' }, { id: 'one' }])
    const standing = (threadId: string, confidence: number, alternatives: readonly object[]) => ({
      ...{ thread_id: threadId, facet_id: facetId, version_id: versionId, label: 'billing', confidence },
      ...{ decision: 'abstained', alternatives: JSON.stringify(alternatives), created_at: '2026-01-01' },
    })
    const upTo = migrations.findIndex(({ name }) => name === '0021-review-queue')
    await migrateBack(house.db, migrations, migrations.length - upTo)
    await house.db.sql('predictions').insert([
      standing('two', 0.5, [
        { label: 'billing', confidence: 0.5 },
        { label: 'network', confidence: 0.25 },
        { label: 'contract', confidence: 0.25 },
      ]),
      standing('one', 1, [{ label: 'billing', confidence: 1 }]),
    ])
    await migrateForward(house.db, migrations)
    const rows = await house.db.sql('predictions').orderBy('thread_id').select('margin', 'entropy')
    expect(rows[0]).toEqual({ margin: 1, entropy: 0 })
    expect(rows[1].margin).toBeCloseTo(0.25, 12)
    expect(rows[1].entropy).toBeCloseTo(1.5 * Math.LN2, 12)
  })
})
