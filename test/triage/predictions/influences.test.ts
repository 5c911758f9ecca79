import { expect, it } from 'vitest'
import { createSimilarExamples } from '../../../src/models/explanations/similar-examples.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import type { PredictionInfluences } from '../../../src/triage/predictions/explain-prediction.ts'
import { influenceRoutes } from '../../../src/triage/predictions/influence-routes.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { addThreads, agent, outsider, supervisor } from '../../labels/support.ts'
import { addLabelled, annotate, setUpModels } from '../../models/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'

describeEachDatabase('which annotations influenced a prediction', (database) => {
  async function setUp() {
    const setting = await setUpModels(await database())
    await addLabelled(setting)
    const wrong = {
      id: 'wrong',
      language: 'en',
      title: 'Spare bulb for the reading lamp',
      question: 'Where do I get a spare bulb for the reading lamp?',
      label: 'billing',
    } as const
    await addThreads(setting, [wrong], { name: 'staff', audience: 'internal' })
    await annotate(setting, [wrong])
    await trainFacet(setting, { facet: 'category', actor: supervisor })
    const asked = {
      ...wrong,
      id: 'asked',
      question: 'A spare bulb for my reading lamp?',
      label: 'billing',
    } as const
    await addThreads(setting, [asked], { name: 'shop' })
    const { call } = await serveRoutes(
      influenceRoutes({ ...setting, models: setting.registry, similar: createSimilarExamples(setting) }),
    )
    const influences = async (query = '', as = agent) =>
      (await call(as, 'GET', `/threads/asked/influences${query}`)).body as PredictionInfluences
    return { setting, call, influences }
  }

  it('names the one that taught the model so, and who gave it', async () => {
    const { influences } = await setUp()
    const { label, influences: found, pending, modelVersion } = await influences()
    expect({ label, pending, modelVersion }).toEqual({ label: 'billing', pending: false, modelVersion: 1 })
    expect(found[0]).toMatchObject({
      annotation: { threadId: 'wrong', label: 'billing', provenance: 'agent', actor: { id: agent.id } },
    })
    expect(found[0]!.influence).toBeGreaterThan(0)
    const sizes = found.map(({ influence }) => Math.abs(influence))
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    for (const { influence, similarity, weight } of found)
      expect(influence).toBeCloseTo(similarity * weight, 12)
  })

  it('counts the same annotation against the labels it did not give', async () => {
    const { influences } = await setUp()
    const { influences: found } = await influences('?label=network&limit=50')
    const wrong = found.find(({ annotation }) => annotation.threadId === 'wrong')
    expect(wrong!.weight).toBeLessThan(0)
    for (const { annotation, weight } of found) expect(weight > 0).toBe(annotation.label === 'network')
  })

  it('shows no annotation on a thread that the caller may not see', async () => {
    const { influences } = await setUp()
    const { influences: found } = await influences('?limit=50', outsider)
    expect(found.map(({ annotation }) => annotation.threadId)).not.toContain('wrong')
  })

  it('refuses what it cannot answer, with a code', async () => {
    const { call } = await setUp()
    const ask = async (path: string, as = agent) => (await call(as, 'GET', path)).body.code
    expect(await ask('/threads/none/influences')).toBe('THREAD_NOT_FOUND')
    expect(await ask('/threads/wrong/influences', outsider)).toBe('THREAD_NOT_FOUND')
    expect(await ask('/threads/asked/influences?facet=mood')).toBe('FACET_NOT_FOUND')
    expect(await ask('/threads/asked/influences?label=mood')).toBe('EXPLAIN_LABEL_UNKNOWN')
  })
})
