import { expect, it } from 'vitest'
import {
  changeFacet,
  changeLabel,
  createFacet,
  createLabel,
  ensureCategoryFacet,
} from '../../src/labels/define-facet.ts'

import { describeEachDatabase } from '../support/databases.ts'
import { emptiedEachTime, setUpLabels, supervisor } from './support.ts'

const actor = supervisor

describeEachDatabase.always('facets', (fresh) => {
  const database = emptiedEachTime(fresh)
  it('begin with category, made once', async () => {
    const deps = await setUpLabels(await database())
    await ensureCategoryFacet(deps.facets)
    expect(await deps.facets.all()).toMatchObject([{ name: 'category', riskBudget: 0.05 }])
  })

  it('are added and changed, and both is audited', async () => {
    const deps = await setUpLabels(await database())
    const facet = await createFacet(deps, { name: 'urgency', description: 'How soon', actor })
    expect(facet).toMatchObject({ name: 'urgency', description: 'How soon', riskBudget: 0.05 })
    await changeFacet(deps, { facet: 'urgency', riskBudget: 0.02, actor })
    expect(await deps.facets.require('urgency')).toEqual({ ...facet, riskBudget: 0.02 })
    const audit = await deps.audit.list({ target: facet.id, limit: 5 })
    expect(audit.items.map(({ action }) => action).sort()).toEqual(['facet.changed', 'facet.created'])
  })

  it('refuse a name that is taken, also when two ask at once', async () => {
    const deps = await setUpLabels(await database())
    const both = await Promise.allSettled([1, 2].map(() => createFacet(deps, { name: 'urgency', actor })))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const again = createFacet(deps, { name: 'category', actor })
    await expect(again).rejects.toMatchObject({ code: 'FACET_EXISTS', status: 409 })
  })

  it('have labels, whose names are trimmed and which refuse a second of the same name', async () => {
    const deps = await setUpLabels(await database())
    const label = await createLabel(deps, { facet: 'category', label: '  Box   internet ', actor })
    expect(label.name).toBe('Box internet')
    const again = createLabel(deps, { facet: 'category', label: 'Box internet', actor })
    await expect(again).rejects.toMatchObject({ code: 'LABEL_EXISTS' })
    const empty = createLabel(deps, { facet: 'category', label: ' \n', actor })
    await expect(empty).rejects.toMatchObject({ code: 'LABEL_EMPTY' })
    await changeLabel(deps, { facet: 'category', label: 'Box internet', description: 'new', actor })
    const facet = await deps.facets.require('category')
    expect(await deps.facets.requireLabel(facet, 'Box internet')).toMatchObject({ description: 'new' })
  })

  it('list their labels page by page, by name', async () => {
    const deps = await setUpLabels(await database())
    const facet = await deps.facets.require('category')
    await deps.facets.ensureLabels(facet.id, ['d', 'a', 'c', 'b', 'e'])
    const first = await deps.facets.labels(facet.id, { limit: 3 })
    expect(first.items.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    const second = await deps.facets.labels(facet.id, { limit: 3, cursor: first.next! })
    expect(second.items.map(({ name }) => name)).toEqual(['d', 'e'])
    expect(second.next).toBeUndefined()
  })
})
