import { expect, it } from 'vitest'
import { drawnForAudit } from '../../../src/models/training/audit-slice.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { createUnlabelledStore } from '../../../src/models/training/unlabelled-store.ts'
import { addThreads, emptiedEachTime, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { corpus } from '../corpus.ts'
import { annotate, setUpModels } from '../support.ts'

describeEachDatabase.always('threads that nobody labelled', (fresh) => {
  const database = emptiedEachTime(fresh)
  const threads = corpus()
  const labelled = threads.slice(0, 60)
  const others = threads.slice(60).map(({ id }) => id)
  const setUp = async () => {
    const deps = await setUpModels(await database())
    await addThreads(deps, threads)
    await annotate(deps, labelled)
    return { ...deps, facetId: (await deps.facets.require('category')).id }
  }

  it('are drawn by chance, always the same ones, and those without a label alone', async () => {
    const { unlabelled, facetId } = await setUp()
    const drawn = await unlabelled.draw(facetId, 1000)
    expect([...drawn].sort()).toEqual([...others].sort())
    expect(await unlabelled.draw(facetId, 20)).toEqual(drawn.slice(0, 20))
    expect(drawn.slice(0, 20)).not.toEqual([...others].sort().slice(0, 20))
    expect(await unlabelled.draw(facetId, 0)).toEqual([])
  })

  it('are not those that are gone, nor any that the audit slice has or will have', async () => {
    const { db, auditSlice, facetId } = await setUp()
    await auditSlice.add(others.slice(0, 5))
    await db.sql('threads').where({ id: others[5] }).update({ removed_at: '2026-01-01T00:00:00.000Z' })
    await db.sql('threads').where({ id: others[6] }).update({ merged_into: labelled[0]!.id })
    const left = others.slice(7).filter((id) => !drawnForAudit(id, 0.3))
    expect(left.length).toBeLessThan(others.length - 7)
    expect((await createUnlabelledStore(db, 0.3).draw(facetId, 1000)).sort()).toEqual(left.sort())
  })

  it('are learned from, and the report says how many', async () => {
    const deps = await setUp()
    const version = await trainFacet(deps, { facet: 'category', actor: supervisor })
    expect(version.report).toMatchObject({ trainedOn: 60, unlabelled: 60 })
    await annotate(deps, threads.slice(60, 115))
    const later = await trainFacet(deps, { facet: 'category', actor: supervisor })
    expect(later.report).toMatchObject({ trainedOn: 115, unlabelled: 0 })
  })
})
