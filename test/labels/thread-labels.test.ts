import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Provenance } from '../../src/labels/index.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { addLabels, addThreads, agent, emptiedEachTime, setUpLabels } from './support.ts'

interface Spoken {
  readonly id: string
  readonly thread: string
  readonly label: string
  readonly provenance: Provenance
  revoked: boolean
}

/** What the annotations add up to, said as plainly as can be. */
function fold(all: readonly Spoken[], thread: string): string | undefined {
  const standing = all.filter((each) => each.thread === thread && !each.revoked)
  const agents = standing.filter((each) => each.provenance === 'agent')
  return (agents.at(-1) ?? standing.at(-1))?.label
}

const LABELS = ['a', 'b', 'c']
const THREADS = ['t1', 't2', 't3']

const annotate = fc.record({
  do: fc.constant('annotate' as const),
  verdicts: fc.array(
    fc.record({
      thread: fc.constantFrom(...THREADS),
      label: fc.constantFrom(...LABELS),
      provenance: fc.constantFrom('agent' as const, 'import' as const),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const revoke = fc.record({
  do: fc.constant('revoke' as const),
  which: fc.array(fc.nat(50), { minLength: 1, maxLength: 3 }),
})

describeEachDatabase('thread labels', (fresh) => {
  const database = emptiedEachTime(fresh)
  it('are what a naive fold of the annotations gives, after every step', async () => {
    const deps = await setUpLabels(await database())
    const names = fc.array(fc.oneof({ weight: 2, arbitrary: annotate }, revoke), { maxLength: 12 })
    let round = 0
    await fc.assert(
      fc.asyncProperty(names, async (steps) => {
        const facet = await addLabels(deps, `facet-${++round}`, LABELS)
        const labelIds = await deps.facets.ensureLabels(facet.id, LABELS)
        const idOf = (thread: string) => `${thread}-${round}`
        await addThreads(
          deps,
          THREADS.map((thread) => ({ id: idOf(thread) })),
        )
        const all: Spoken[] = []
        for (const step of steps) {
          if (step.do === 'annotate') {
            const ids = await deps.annotations.append(
              step.verdicts.map(({ thread, label, provenance }) => ({
                threadId: idOf(thread),
                facetId: facet.id,
                labelId: labelIds.get(label)!,
                provenance,
              })),
              agent,
            )
            step.verdicts.forEach((verdict, i) => {
              all.push({ ...verdict, id: ids[i]!, revoked: false })
            })
          } else if (all.length > 0) {
            const chosen = step.which.map((n) => all[n % all.length]!)
            await deps.annotations.revoke([...new Set(chosen.map(({ id }) => id))], agent)
            for (const each of chosen) each.revoked = true
          }
          const kept = await deps.threadLabels.labelsOf(THREADS.map(idOf))
          for (const thread of THREADS) expect(kept.get(idOf(thread))?.[0]?.label).toBe(fold(all, thread))
        }
      }),
      { numRuns: 60 },
    )
  })
})
