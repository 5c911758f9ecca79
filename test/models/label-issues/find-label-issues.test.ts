import { expect, it } from 'vitest'
import { findLabelIssues } from '../../../src/models/label-issues/find-label-issues.ts'
import { emptiedEachTime } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { corpus, SUBJECTS } from '../corpus.ts'
import { addLabelled, setUpModels } from '../support.ts'

const { signal } = new AbortController()

describeEachDatabase('label issues', (fresh) => {
  const database = emptiedEachTime(fresh)

  async function search(labelOf: (thread: { readonly id: string; readonly label: string }) => string) {
    const deps = await setUpModels(await database())
    await addLabelled(deps, corpus(), labelOf)
    const facet = await deps.facets.require('category')
    return (await findLabelIssues(deps, { facetId: facet.id, signal }))!
  }

  it('are listed where the model is right often enough to accuse', async () => {
    const wrong = new Set(
      corpus()
        .slice(10, 13)
        .map(({ id }) => id),
    )
    const swapped = (label: string) => SUBJECTS[(SUBJECTS.indexOf(label as never) + 1) % SUBJECTS.length]!
    const found = await search(({ id, label }) => (wrong.has(id) ? swapped(label) : label))
    expect(found.suspects.length).toBeGreaterThanOrEqual(2)
    for (const { threadId } of found.suspects) expect(wrong).toContain(threadId)
    expect(found.withheld).toBeLessThan(found.suspects.length)
  })

  it('are withheld, and counted, where its predictions are mostly wrong', async () => {
    const order = corpus().map(({ id }) => id)
    const found = await search(({ id }) => SUBJECTS[(order.indexOf(id) * 7 + (order.indexOf(id) >> 2)) % 3]!)
    expect(found.agreement).toBeLessThan(0.6)
    expect(found.suspects).toEqual([])
    expect(found.withheld).toBeGreaterThan(0)
  })
})
