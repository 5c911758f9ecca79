import { expect, it } from 'vitest'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { agent } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>
type Model = Awaited<ReturnType<App['activate']>>

const LABELS = ['billing', 'contract', 'network', 'delivery', 'returns']

/** Stores threads with what a model thinks of each: probabilities of the labels named, in falling order. */
async function predict(
  setting: App,
  model: Model,
  classProbabilities: Readonly<Record<string, readonly [string, number][]>>,
) {
  const ids = Object.keys(classProbabilities)
  await setting.store(ids.map((id, i) => ({ id, question: uniqueQuestion(i) })))
  await setting.predictions.put(
    ids.map((threadId) => {
      const alternatives = classProbabilities[threadId]!.map(([label, confidence]) => ({ label, confidence }))
      const [first, second] = alternatives
      return {
        threadId,
        facet: 'category',
        facetId: model.facetId,
        versionId: model.versionId,
        modelVersion: 1,
        budgets: '',
        label: first!.label,
        confidence: first!.confidence,
        decision: 'abstained' as const,
        alternatives,
        probabilities: Object.fromEntries(classProbabilities[threadId]!),
        uncertainty: {
          margin: first!.confidence - (second?.confidence ?? 0),
          entropy: alternatives.reduce((sum, { confidence: p }) => sum - p * Math.log(p), 0),
        },
      }
    }),
  )
}

const shares = (...probabilities: number[]) => probabilities.map((p, i): [string, number] => [LABELS[i]!, p])

describeEachDatabase('the strategies of the review queue', (database) => {
  it('each ask first what is least sure by their own measure', async () => {
    const setting = await setUpReview(await database())
    const model = await setting.activate({ invoice: 'billing' })
    await predict(setting, model, {
      torn: shares(0.5, 0.5),
      anything: shares(0.36, 0.16, 0.16, 0.16, 0.16),
      nothing: shares(0.34, 0.33, 0.33),
      sure: shares(0.9, 0.06, 0.02, 0.01, 0.01),
    })
    const order = async (strategy: 'margin' | 'entropy' | 'least-confidence') => {
      const actor = { ...agent, id: `key_${strategy}` }
      const { items } = await reviewQueue(setting.review, { facet: 'category', limit: 4, strategy, actor })
      await setting.db.sql('review_claims').delete()
      return items.map(({ threadId }) => threadId)
    }
    expect(await order('margin')).toEqual(['torn', 'nothing', 'anything', 'sure'])
    expect(await order('entropy')).toEqual(['anything', 'nothing', 'torn', 'sure'])
    expect(await order('least-confidence')).toEqual(['nothing', 'anything', 'torn', 'sure'])
  })

  it('by default choose labels with few examples, also beyond a thousand less sure threads', async () => {
    const setting = await setUpReview(await database())
    const model = await setting.activate({ invoice: 'billing' })
    const crowd = Array.from({ length: 1_100 }, (_, i) => [`crowd${i}`, shares(0.5, 0.49)] as const)
    const few = Array.from({ length: 8 }, (_, i): [string, [string, number][]] => [
      `few${i}`,
      [
        ['contract', 0.6],
        ['billing', 0.3],
      ],
    ])
    await predict(setting, model, Object.fromEntries([...crowd, ...few]))
    for (let i = 0; i < 30; i++) await setting.label(`crowd${i}`, 'category', 'billing')
    const ask = (strategy: 'default' | 'margin') =>
      reviewQueue(setting.review, { facet: 'category', limit: 10, strategy, actor: agent })
    const { items } = await ask('default')
    const ofFew = items.filter(({ threadId }) => threadId.startsWith('few'))
    // Eight in eleven hundred, all of them further apart than the crowd.
    expect(ofFew.length).toBeGreaterThanOrEqual(2)
    for (const { why, reason } of ofFew)
      expect([why, reason]).toEqual(['rare-label', 'It may have the label contract, which has few examples.'])
    expect(items).toHaveLength(10)
    expect((await ask('margin')).items.every(({ threadId }) => threadId.startsWith('crowd'))).toBe(true)
  })

  it('leave to chance what was never predicted, where they go by the model alone', async () => {
    const setting = await setUpReview(await database())
    await setting.store(Array.from({ length: 9 }, (_, i) => ({ id: `t${i}`, question: uniqueQuestion(i) })))
    const { items } = await reviewQueue(setting.review, {
      facet: 'category',
      limit: 9,
      strategy: 'entropy',
      actor: agent,
    })
    expect(items).toHaveLength(9)
    for (const { why, reason } of items) expect([why, reason]).toEqual(['random', 'Drawn at random.'])
  })
})
