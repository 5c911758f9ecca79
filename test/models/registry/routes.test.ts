import { expect, it } from 'vitest'
import { modelRoutes } from '../../../src/models/registry/routes.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { encodeCursor } from '../../../src/platform/page.ts'
import { serveRoutes } from '../../labels/serve-routes.ts'
import { agent, emptiedEachTime, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { addLabelled, setUpModels } from '../support.ts'

describeEachDatabase('the API of models', (fresh) => {
  const database = emptiedEachTime(fresh)

  it('queues a training, lists, compares and rolls back', async () => {
    const deps = await setUpModels(await database())
    const { call, allowed } = await serveRoutes(modelRoutes(deps))
    expect(await call(agent, 'GET', '/models')).toEqual({
      status: 200,
      body: { items: [{ facet: 'category' }] },
    })
    const queued = await call(supervisor, 'POST', '/models/category/train')
    expect(queued).toEqual({ status: 202, body: { jobQueued: true } })
    expect(await deps.jobs.counts()).toMatchObject({ queued: 1 })
    expect((await call(supervisor, 'POST', '/models/mood/train')).status).toBe(404)

    await addLabelled(deps)
    for (const seed of [1, 2]) await trainFacet(deps, { facet: 'category', actor: agent, seed })

    const models = await call(agent, 'GET', '/models')
    expect(models.body.items).toMatchObject([
      { facet: 'category', active: { version: 2 }, latest: { version: 2 } },
    ])
    const page = await call(agent, 'GET', '/models/category/versions?limit=1')
    expect(page.body.items).toMatchObject([{ version: 2, status: 'active' }])
    const next = await call(agent, 'GET', `/models/category/versions?limit=1&cursor=${page.body.next}`)
    expect(next.body).toMatchObject({ items: [{ version: 1, status: 'retired' }] })
    expect(next.body).not.toHaveProperty('next')

    const foreign = encodeCursor({ key: '2026-01-01T00:00:00.000Z', id: 'thr_1' })
    expect(await call(agent, 'GET', `/models/category/versions?cursor=${foreign}`)).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    })
    expect((await call(agent, 'GET', '/models/category/versions/99999999999')).status).toBe(400)

    const one = await call(agent, 'GET', '/models/category/versions/2?compare=1')
    expect(one.body).toMatchObject({
      version: 2,
      report: {
        seed: 2,
        evaluation: { basis: 'held-out', compared: { version: 1, threads: 120 } },
        gate: {
          version: 1,
          tests: [{ on: 'held-out', scope: 'all', threads: 120, p: expect.any(Number) }],
          parity: { french: { threads: 60 }, english: { threads: 60 }, differs: false },
        },
      },
      comparison: { version: 2, other: 1, sameThreads: true },
    })
    expect(one.body.comparison.figures).toEqual(one.body.report.evaluation.compared.candidate)
    expect((await call(agent, 'GET', '/models/category/versions/3')).body.code).toBe(
      'MODEL_VERSION_NOT_FOUND',
    )

    const back = await call(supervisor, 'POST', '/models/category/versions/1/activate')
    expect(back).toMatchObject({ status: 200, body: { version: 1, status: 'active' } })
    expect(allowed('POST', '/models/:facet/versions/:version/activate')).toEqual(['supervisor'])
    expect(allowed('POST', '/models/:facet/train')).toEqual(['supervisor'])
  })
})
