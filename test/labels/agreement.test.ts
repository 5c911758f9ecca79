import { expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { measureFacetAgreement } from '../../src/labels/agreement/measure-agreement.ts'
import { correctLabel, revokeAnnotation } from '../../src/labels/annotate-thread.ts'
import { labelRoutes } from '../../src/labels/routes.ts'

import { describeEachDatabase } from '../support/databases.ts'
import { serveRoutes } from './serve-routes.ts'
import {
  addLabels,
  addThreads,
  agent,
  emptiedEachTime,
  outsider,
  setUpLabels,
  supervisor,
} from './support.ts'

/** Krippendorff 2011, example C: four observers, twelve units, values missing; alpha is 0.743. */
const OBSERVERS = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']

describeEachDatabase.always('agreement on a facet', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpLabels(await database())
    await addLabels(deps, 'category', ['1', '2', '3', '4', '5'])
    await addThreads(
      deps,
      OBSERVERS[0]!.split('').map((_, unit) => ({ id: `u${unit}` })),
    )
    const annotate = (who: number, threadId: string, label: string, blind = true) => {
      const actor: Actor = { ...agent, id: `key_${who}`, name: `Observer ${who}` }
      return correctLabel(deps, { threadId, facet: 'category', label, blind, actor })
    }
    for (const [who, row] of OBSERVERS.entries())
      for (const [unit, label] of row.split('').entries())
        if (label !== '.') await annotate(who, `u${unit}`, label)
    const measure = (reader: Actor = supervisor) =>
      measureFacetAgreement(deps, { facet: 'category', reader: reader.audience })
    return { deps, annotate, measure }
  }

  it('is the alpha of the latest blind annotations, as published', async () => {
    const { measure } = await setUp()
    const agreement = await measure()
    expect(agreement).toMatchObject({ facet: 'category', threads: 11, agents: 4, ratings: 40 })
    expect(agreement.alpha).toBeCloseTo(0.743, 3)
    expect(agreement.interval!.low).toBeLessThan(0.743)
    expect(agreement.labels.map(({ label }) => label)).toEqual(['1', '2', '3', '4', '5'])
  })

  it('ignores annotations in sight of a prediction, revoked ones, and earlier ones of the same agent', async () => {
    const { deps, annotate, measure } = await setUp()
    const before = await measure()
    await annotate(0, 'u0', '5', false)
    await annotate(9, 'u1', '4', false)
    const { id } = await annotate(9, 'u2', '1')
    expect(await measure()).not.toEqual(before)
    await revokeAnnotation(deps, { id, actor: supervisor })
    await annotate(1, 'u3', '5')
    await annotate(1, 'u3', '3')
    expect(await measure()).toEqual(before)
  })

  it('takes no account of threads that the reader may not see', async () => {
    const { deps, annotate, measure } = await setUp()
    const before = await measure(outsider)
    await addThreads(deps, [{ id: 's1' }], { name: 'desk', audience: 'internal' })
    await annotate(0, 's1', '1')
    await annotate(1, 's1', '2')
    expect(await measure(outsider)).toEqual(before)
    expect(await measure(supervisor)).toMatchObject({ threads: 12, ratings: 42 })
  })

  it('is answered over HTTP to those who label and those who watch', async () => {
    const { deps } = await setUp()
    const app = await serveRoutes(labelRoutes(deps))
    const { status, body } = await app.call(supervisor, 'GET', '/facets/category/agreement')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      threads: 11,
      labels: expect.arrayContaining([expect.objectContaining({ label: '5' })]),
    })
    expect(app.allowed('GET', '/facets/:facet/agreement')).toEqual([
      'agent',
      'knowledge-manager',
      'supervisor',
    ])
    expect((await app.call(supervisor, 'GET', '/facets/none/agreement')).body.code).toBe('FACET_NOT_FOUND')
  })
})
