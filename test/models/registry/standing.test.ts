import { expect, it } from 'vitest'
import { standingOf } from '../../../src/models/registry/standing.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { emptiedEachTime, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { corpus } from '../corpus.ts'
import { addLabelled, setUpModels } from '../support.ts'

const training = { facet: 'category', actor: supervisor }

describeEachDatabase('where a version stands', (fresh) => {
  const database = emptiedEachTime(fresh)

  async function trained(threads = 60) {
    const deps = await setUpModels(await database())
    await addLabelled(deps, corpus().slice(0, threads))
    const version = await trainFacet(deps, training)
    return {
      deps,
      version,
      /** Under a budget of the facet. */
      async under(riskBudget: number) {
        const { id } = await deps.facets.require('category')
        await deps.db.sql('facets').where({ id }).update({ risk_budget: riskBudget })
        return (await standingOf(deps, { facet: await deps.facets.require('category'), version }))!
      },
    }
  }

  it('names the budgets that would assign something, and about how many labels the one in force takes', async () => {
    const { under } = await trained()
    const { inForce, others, labelsNeeded, summary, next } = await under(0.05)
    expect(inForce).toEqual({ budget: 0.05, coverage: 0, estimatedError: undefined })
    // 60 predictions without an error show 10 %, but not 5 %, which takes 104.
    const [first] = others.filter(({ coverage }) => coverage > 0)
    expect(first?.budget).toBe(0.1)
    expect(others.at(-1)?.coverage).toBeGreaterThanOrEqual(first!.coverage)
    expect(labelsNeeded?.atLeast).toBe(44)
    expect(labelsNeeded?.estimate).toBeGreaterThanOrEqual(44)
    expect(summary).toEqual({
      en: 'Under the risk budget of 5%, nothing is assigned yet: 60 labelled threads do not show that the budget would be kept.',
      fr: 'Avec un budget de risque de 5\u00a0%, aucune étiquette n’est encore attribuée\u00a0: 60 discussions étiquetées ne montrent pas que le budget serait respecté.',
    })
    expect(next.map(({ en }) => en)).toEqual([
      expect.stringMatching(/^Label about [\d,]+ more threads: at the present accuracy, /),
      expect.stringMatching(/^Or accept a risk budget of 10% \(`entraide budgets set category 0\.1`\): \d/),
      expect.stringContaining('"provisional": true'),
    ])
    expect(next[1]?.fr).toMatch(
      /^Ou acceptez un budget de risque de 10\u00a0% \(`entraide budgets set category 0\.1`\)\u00a0: /,
    )
  })

  it('says coverage and estimated error where something is assigned, and asks for no labels then', async () => {
    const { under } = await trained()
    const { inForce, labelsNeeded, summary, next } = await under(0.1)
    expect(inForce.coverage).toBeGreaterThan(0)
    expect(labelsNeeded).toBeUndefined()
    expect(summary.en).toMatch(
      /^Under the risk budget of 10%, \d+\.\d% of posts are assigned a label, with about /,
    )
    expect(next.at(-1)?.en).toContain('entraide insight savings category')
  })

  it('takes a budget of 0 for a decision that nothing is assigned', async () => {
    const { under } = await trained()
    const { labelsNeeded, summary } = await under(0)
    expect(labelsNeeded).toBeUndefined()
    expect(summary.en).toBe('The risk budget of “category” is 0%, so that nothing is ever assigned.')
  })

  it('says that a version is not active, and nothing of one whose artefact cannot be read', async () => {
    const { deps, version } = await trained()
    const facet = await deps.facets.require('category')
    await trainFacet(deps, { ...training, seed: 2 })
    const first = await deps.versions.require(facet, 1)
    expect((await standingOf(deps, { facet, version: first }))?.summary.en).toMatch(
      /^Version 1 is not active; as if it were: Under the risk budget of 5%/,
    )
    await deps.db.sql('artefact_files').where({ artefact_hash: version.artefactHash }).delete()
    expect(await standingOf(deps, { facet, version: first })).toBeUndefined()
  })
})
