import { expect, it } from 'vitest'
import { createVersionStore } from '../../../src/models/registry/version-store.ts'
import { activationRoutes } from '../../../src/triage/activations/activation-routes.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { agent, outsider } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { setUpTriage } from '../setting.ts'

describeEachDatabase('what an activation changed', (database) => {
  const setUp = async () => {
    const setting = await setUpTriage(await database())
    const deps = { ...setting.deps, versions: createVersionStore(setting.db, setting.clock) }
    const { call } = await serveRoutes(activationRoutes(deps))
    const latest = async (as = agent) => call(as, 'GET', '/facets/category/activations/latest')
    /** Notes of the active version what the registry would. */
    const note = (versionId: string, annotationsSeen: number) =>
      setting.db.sql('model_versions').where({ id: versionId }).update({ annotations_seen: annotationsSeen })
    return { setting, latest, note }
  }

  it('is counted while its predictions replace those of the version before, with examples', async () => {
    const { setting, latest, note } = await setUp()
    expect(await latest()).toMatchObject({ status: 404, body: { code: 'ACTIVATION_NONE' } })
    await setting.store([
      { id: 't1', title: 'Wrong invoice' },
      { id: 't2', title: 'No antenna' },
      { id: 't3', title: 'Hello' },
    ])
    await setting.store([{ id: 't4', title: 'Secret invoice' }], { name: 'staff', audience: 'internal' })
    const first = await setting.activate({ invoice: 'billing', antenna: 'network' })
    await note(first.versionId, 10)
    await setting.drain()
    expect((await latest()).body).toMatchObject({
      version: 1,
      newAnnotations: 10,
      predictions: { compared: 0, changed: 0 },
      examples: [],
    })
    const second = await setting.activate({ invoice: 'contract', antenna: 'network', hello: 'billing' })
    await note(second.versionId, 32)
    await setting.drain()
    const { body } = await latest()
    expect(body).toMatchObject({
      facet: 'category',
      version: 2,
      previousVersion: 1,
      newAnnotations: 22,
      predictions: { compared: 4, changed: 3 },
    })
    expect(body.examples).toEqual([
      {
        threadId: 't1',
        title: 'Wrong invoice',
        before: { label: 'billing', confidence: 0.9, decision: 'assigned' },
        after: { label: 'contract', confidence: 0.9, decision: 'assigned' },
      },
      expect.objectContaining({
        threadId: 't3',
        before: expect.objectContaining({ decision: 'abstained' }),
        after: expect.objectContaining({ decision: 'assigned' }),
      }),
      expect.objectContaining({ threadId: 't4' }),
    ])
    const shown = (await latest(outsider)).body.examples.map(({ threadId }: { threadId: string }) => threadId)
    expect(shown).toEqual(['t1', 't3'])
    // The job that begins the count may run again when its process died, and the version may take over again later.
    const activatedAt = setting.clock.now().toISOString()
    await setting.deps.changes.forget(second.versionId, activatedAt)
    expect((await latest()).body).toEqual(body)
    await setting.deps.changes.forget(second.versionId, `${activatedAt} later`)
    expect((await latest()).body).toMatchObject({ predictions: { compared: 0, changed: 0 }, examples: [] })
  })

  it('counts a thread once, however often it is triaged, and keeps some of many examples', async () => {
    const { setting, latest } = await setUp()
    const ids = Array.from({ length: 250 }, (_, i) => `t${String(i).padStart(3, '0')}`)
    await setting.store(ids.map((id) => ({ id, title: 'Wrong invoice' })))
    await setting.activate({ invoice: 'billing', antenna: 'network' })
    await setting.drain()
    await setting.activate({ invoice: 'network', antenna: 'billing' })
    await setting.drain()
    await setting.announce(ids)
    await setting.drain()
    const { body } = await latest()
    expect(body.predictions).toEqual({ compared: 250, changed: 250 })
    expect(body.examples).toHaveLength(20)
    const kept = await setting.db.sql('prediction_change_examples').count('* as n').first()
    expect(Number(kept?.n)).toBe(100)
  })
})
