import { expect, it } from 'vitest'
import { labelImportedThreads } from '../../../src/labels/label-imported-threads.ts'
import { queryStrategyNames } from '../../../src/learning/queries/strategies.ts'
import { createLabelIssueStore } from '../../../src/review/conflicts/label-issue-store.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview } from '../setting.ts'

const other = { ...agent, id: 'key_other' }

describeEachDatabase('what an import labelled', (database) => {
  async function open() {
    const setting = await setUpReview(await database(), 0)
    const { deps, db, clock } = setting
    await setting.activate({ invoice: 'billing', antenna: 'network', lease: 'contract' })
    await setting.store([
      { id: 'right', question: 'My invoice', stated: { category: 'billing' } },
      { id: 'unsure', question: 'Hello', stated: { category: 'contract' } },
      { id: 'wrong', question: 'The antenna', stated: { category: 'billing' } },
    ])
    const { id: sourceId } = await deps.sources.require('forum')
    await labelImportedThreads(deps, { sourceId })
    await setting.announce(['right', 'unsure', 'wrong'])
    await setting.drain()
    const facet = await deps.facets.require('category')
    const inForce = (await deps.threadLabels.labelsOf(['wrong'])).get('wrong')![0]!
    return {
      ...setting,
      queue: (as = agent, strategy?: (typeof queryStrategyNames)[number]) =>
        reviewQueue(setting.review, { facet: 'category', limit: 10, actor: as, strategy }),
      /** As a search for label issues leaves it. */
      doubt: (annotationId = inForce.annotationId) =>
        createLabelIssueStore(db, clock).replace(facet.id, {
          examples: 3,
          agreement: 0.9,
          errors: 1,
          withheld: 0,
          suspects: [{ threadId: 'wrong', annotationId, likely: 'network', ownConfidence: 0.04 }],
          contradictions: [],
        }),
    }
  }

  it('is not asked about, however unsure the model that learned it is, by any strategy', async () => {
    const { queue } = await open()
    for (const strategy of queryStrategyNames) expect((await queue(agent, strategy)).items).toEqual([])
    expect((await queue()).notice).toMatchObject({
      code: 'labelled',
      en: expect.stringContaining('every thread has a label'),
      fr: expect.stringContaining('chaque discussion a une étiquette'),
    })
  })

  it('is asked about where predictions made without it find it unlikely', async () => {
    const { queue, doubt, label, drain } = await open()
    await doubt()
    const { items, notice } = await queue()
    expect(items).toMatchObject([
      {
        threadId: 'wrong',
        why: 'doubtful-import',
        reason: 'Its import stated billing (4%); a model that had not seen it finds network likelier.',
        imported: { label: 'billing', confidence: 0.04, likely: 'network' },
        blind: false,
      },
    ])
    expect(items[0]?.prediction).toBeUndefined()
    expect(notice).toBeUndefined()
    // Another agent is told that somebody is at it.
    expect(await queue(other)).toMatchObject({ items: [], notice: { code: 'held-by-others' } })
    await label('wrong', 'category', 'network')
    await drain()
    expect(await queue()).toMatchObject({ items: [], notice: { code: 'labelled' } })
  })

  it('is not asked about by a doubt of an earlier label', async () => {
    const { queue, doubt } = await open()
    await doubt('ann_another')
    expect((await queue()).items).toEqual([])
  })

  it('shares the queue with threads without a label, which come first', async () => {
    const { queue, doubt, store, announce, drain } = await open()
    await doubt()
    await store([{ id: 'new', question: 'Good morning' }])
    await announce(['new'])
    await drain()
    expect((await queue()).items.map(({ threadId, why }) => [threadId, why])).toEqual([
      ['new', 'close-labels'],
      ['wrong', 'doubtful-import'],
    ])
  })

  it('says that the model is certain of what is left, and that there is nothing at all', async () => {
    const { queue, db, store, announce, drain } = await open()
    await store([{ id: 'new', question: 'My invoice' }])
    await announce(['new'])
    await drain()
    expect((await queue()).items).toHaveLength(1)
    await db.sql('predictions').where({ thread_id: 'new' }).update({ margin: 0.98 })
    await db.sql('review_claims').delete()
    expect(await queue()).toMatchObject({ items: [], notice: { code: 'certain' } })
    const outsider = { id: 'key_out', audience: 'public' as const }
    await db.sql('sources').update({ audience: 'internal' })
    expect(await queue({ ...agent, ...outsider })).toMatchObject({ items: [], notice: { code: 'empty' } })
  })
})
