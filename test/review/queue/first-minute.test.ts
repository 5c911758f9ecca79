import { expect, it } from 'vitest'
import { createLabel } from '../../../src/labels/define-facet.ts'
import { reviewQueue } from '../../../src/review/queue/review-queue.ts'
import { agent, outsider } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpReview, uniqueQuestion } from '../setting.ts'

type App = Awaited<ReturnType<typeof setUpReview>>

const queueOf = (setting: App, limit: number, actor = agent) =>
  reviewQueue(setting.review, { facet: 'topic', limit, actor })

/** A facet of its own: no label, no model. */
async function bareFacet(setting: App, labels: Readonly<Record<string, string>> = {}) {
  await setting.facets.ensure('topic')
  for (const [label, description] of Object.entries(labels))
    await createLabel(setting.deps, { facet: 'topic', label, description, actor: agent })
}

const threads = (prefix: string, count: number, language: string, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    language,
    question: uniqueQuestion(from + i),
  }))

describeEachDatabase('the review queue from the first minute', (database) => {
  it('has all languages and sources in the first batch, however small they are', async () => {
    const setting = await setUpReview(await database())
    await bareFacet(setting)
    await setting.store(threads('big', 200, 'en'), { name: 'forum' })
    await setting.store(threads('fr', 6, 'fr', 1_000), { name: 'forum' })
    await setting.store(threads('desk', 6, 'en', 2_000), { name: 'desk' })
    const { items, labels } = await queueOf(setting, 20)
    expect(labels).toEqual([])
    expect(items).toHaveLength(20)
    expect(new Set(items.map(({ threadId }) => threadId)).size).toBe(20)
    expect(new Set(items.map(({ source, language }) => `${source} ${language}`))).toEqual(
      new Set(['forum en', 'forum fr', 'desk en']),
    )
    for (const { why, reason, blind, prediction } of items)
      expect({ why, reason, blind, prediction }).toEqual({
        why: 'spread',
        reason: 'Typical of threads that nobody has labelled yet.',
        blind: false,
        prediction: undefined,
      })
  })

  it('finds threads that resemble the names and descriptions of labels', async () => {
    const setting = await setUpReview(await database())
    await bareFacet(setting, {
      parking: 'Where to leave a car or a bicycle',
      meals: 'Canteen, menus, allergies',
    })
    await setting.store([
      ...threads('other', 150, 'en'),
      { id: 'car', question: 'Where may I leave my car on Monday, is the parking full?' },
      { id: 'menu', question: 'Which menus does the canteen have for people with allergies?' },
    ])
    const { items } = await queueOf(setting, 4)
    const ids = items.map(({ threadId }) => threadId)
    expect(ids).toContain('car')
    expect(ids).toContain('menu')
  })

  it('never asks the same question twice in a batch, nor what is like one just handed out', async () => {
    const setting = await setUpReview(await database())
    await bareFacet(setting)
    const again = (id: string, ending: string) => ({
      id,
      question: `My badge no longer opens the door of the workshop since this morning ${ending}`,
    })
    await setting.store([
      again('badge1', '.'),
      again('badge2', '!'),
      again('badge3', '!!'),
      ...threads('other', 20, 'en'),
    ])
    const first = await queueOf(setting, 30)
    const badges = first.items.filter(({ threadId }) => threadId.startsWith('badge'))
    expect(badges).toHaveLength(1)
    expect(first.items).toHaveLength(21)
    // Another agent, while the first still has them: only what is like it is left, so it is asked after all.
    const second = await queueOf(setting, 30, { ...agent, id: 'key_second' })
    expect(second.items).toHaveLength(1)
    expect(second.items[0]?.threadId).toMatch(/^badge/)
    expect(second.items[0]?.threadId).not.toBe(badges[0]?.threadId)
  })

  it('chooses for a reader as if what they may not see were not there', async () => {
    const seenBy = async (hidden: boolean) => {
      const setting = await setUpReview(await database())
      await bareFacet(setting, { parking: 'Where to leave a car' })
      await setting.store(threads('p', 60, 'en'), { name: 'forum', audience: 'public' })
      if (hidden) {
        // Each is the double of a public one, and all were handed out just now.
        const doubles = threads('p', 60, 'en').map(({ id, ...rest }) => ({ id: `hidden-${id}`, ...rest }))
        await setting.store(doubles, { name: 'desk', audience: 'internal' })
        const { items } = await queueOf(setting, 100)
        expect(items.length).toBeGreaterThan(50)
        await setting.db
          .sql('review_claims')
          .whereNotIn(
            'thread_id',
            doubles.map(({ id }) => id),
          )
          .delete()
      }
      const { items } = await queueOf(setting, 20, outsider)
      return items.map(({ threadId, why }) => [threadId, why])
    }
    const without = await seenBy(false)
    expect(without).toHaveLength(20)
    expect(await seenBy(true)).toEqual(without)
  })

  it('goes on once a label is given, away from what was labelled', async () => {
    const setting = await setUpReview(await database())
    await bareFacet(setting, { yes: '', no: '' })
    await setting.store(threads('t', 30, 'en'))
    const seen = new Set<string>()
    for (let round = 0; round < 6; round++) {
      const { items } = await queueOf(setting, 5)
      expect(items).toHaveLength(5)
      for (const { threadId } of items) {
        expect(seen.has(threadId)).toBe(false)
        seen.add(threadId)
        await setting.label(threadId, 'topic', 'yes')
      }
    }
    expect((await queueOf(setting, 5)).items).toEqual([])
  })
})
