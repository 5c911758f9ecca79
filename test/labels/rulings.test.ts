import { expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import { correctLabel, revokeAnnotation, ruleOnLabel } from '../../src/labels/annotate-thread.ts'
import { guideLabels } from '../../src/labels/guidelines/guide-labels.ts'
import { applyImportAnnotations } from '../../src/labels/label-imported-threads.ts'
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

const manager: Actor = { id: 'key_km', name: 'Karim', roles: ['knowledge-manager'], audience: 'internal' }

describeEachDatabase.always('rulings', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpLabels(await database())
    const facet = await addLabels(deps, 'category', ['billing', 'contract', 'network'])
    await addThreads(deps, [
      { id: 't1', title: 'Charged twice', stated: { category: 'network' } },
      { id: 't2' },
    ])
    return { deps, facet }
  }
  const rule = (deps: Awaited<ReturnType<typeof setUp>>['deps'], threadId: string, guideline?: string) =>
    ruleOnLabel(deps, {
      threadId,
      facet: 'category',
      label: 'billing',
      actor: manager,
      guideline,
    })
  type Deps = Awaited<ReturnType<typeof setUp>>['deps']
  const labelInForce = async (deps: Deps) => (await deps.threadLabels.labelsOf(['t1'])).get('t1')?.[0]

  it('outrank annotations before and after, by people and by imports', async () => {
    const { deps } = await setUp()
    await applyImportAnnotations(deps, ['t1'], new Set(), supervisor)
    expect(await labelInForce(deps)).toMatchObject({ label: 'network', provenance: 'import' })
    const ruling = await rule(deps, 't1')
    await correctLabel(deps, { threadId: 't1', facet: 'category', label: 'contract', actor: agent })
    await deps.db
      .sql('threads')
      .where({ id: 't1' })
      .update({ stated_labels: JSON.stringify({ category: 'contract' }) })
    await applyImportAnnotations(deps, ['t1'], new Set(), supervisor)
    expect(await labelInForce(deps)).toMatchObject({ label: 'billing', annotationId: ruling.id })
    expect(await applyImportAnnotations(deps, ['t1'], new Set(), supervisor)).toEqual({
      appended: 0,
      revoked: 0,
    })
  })

  it('count as annotations by people', async () => {
    const { deps, facet } = await setUp()
    const ruling = await rule(deps, 't1')
    expect(await deps.annotations.agentAnnotations(facet.id)).toBe(1)
    await revokeAnnotation(deps, { id: ruling.id, actor: manager })
    expect(await deps.annotations.agentAnnotations(facet.id)).toBe(2)
    expect(await labelInForce(deps)).toBeUndefined()
  })

  it('are for those to revoke who may rule', async () => {
    const { deps } = await setUp()
    const { id } = await rule(deps, 't1')
    for (const actor of [agent, supervisor])
      await expect(revokeAnnotation(deps, { id, actor })).rejects.toMatchObject({
        code: 'RULING_NOT_REVOCABLE',
        status: 403,
      })
    expect(await revokeAnnotation(deps, { id, actor: manager })).toMatchObject({
      revoked: { actor: { name: 'Karim' } },
    })
  })

  it('leave guidelines with their examples to those who list labels, as long as they stand', async () => {
    const { deps, facet } = await setUp()
    const text = 'A charge seen twice is billing'
    const first = await rule(deps, 't1', ` ${text} `)
    deps.clock.advance(1000)
    const second = await rule(deps, 't2', text)
    const app = await serveRoutes(labelRoutes(deps))
    const guidelines = async () => {
      const { body } = await app.call(agent, 'GET', '/facets/category/labels')
      return body.items.map((label: { name: string; guidelines: unknown[] }) => [
        label.name,
        label.guidelines,
      ])
    }
    const examples = [
      { threadId: 't2', title: '' },
      { threadId: 't1', title: 'Charged twice' },
    ]
    const guideline = { id: expect.any(String), text, examples }
    expect(await guidelines()).toEqual([
      ['billing', [guideline]],
      ['contract', []],
      ['network', []],
    ])
    await revokeAnnotation(deps, { id: second.id, actor: manager })
    expect((await guidelines())[0]).toEqual(['billing', [{ ...guideline, examples: [examples[1]] }]])
    await revokeAnnotation(deps, { id: first.id, actor: manager })
    expect((await guidelines())[0]).toEqual(['billing', []])
    expect(await deps.facets.requireLabel(facet, 'billing')).toBeDefined()
  })

  it('keep a guideline from those who may not see any thread it was ruled on', async () => {
    const { deps, facet } = await setUp()
    await addThreads(deps, [{ id: 's1', title: 'Of Ms Durand' }], { name: 'desk', audience: 'internal' })
    const text = 'As Ms Durand asked'
    await rule(deps, 's1', text)
    const label = await deps.facets.requireLabel(facet, 'billing')
    const seenBy = async ({ audience }: Actor) => (await guideLabels(deps, [label], audience))[0]?.guidelines
    expect(await seenBy(agent)).toMatchObject([{ text, examples: [{ threadId: 's1' }] }])
    expect(await seenBy(outsider)).toEqual([])
    await rule(deps, 't1', text)
    expect(await seenBy(outsider)).toMatchObject([{ text, examples: [{ threadId: 't1' }] }])
  })
})
