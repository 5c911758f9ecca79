import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Actor } from '../../src/access/actor.ts'
import type { Provenance } from '../../src/labels/annotation.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { addLabels, addThreads, agent, emptiedEachTime, setUpLabels } from './support.ts'

interface Given {
  readonly thread: string
  readonly label: string
  readonly provenance: Provenance
  readonly blind: boolean
  readonly who: string
}

interface GivenBy extends Given {
  readonly id: string
  revoked: boolean
}

/** The label in force of a list of annotations, by the simplest code. */
function fold(all: readonly GivenBy[], thread: string): string | undefined {
  const live = all.filter((each) => each.thread === thread && !each.revoked)
  const by = (provenance: Provenance) => live.filter((each) => each.provenance === provenance)
  const ruling = by('ruling').at(-1)
  if (ruling !== undefined) return ruling.label
  const latest = by('agent').at(-1)
  if (latest === undefined) return by('import').at(-1)?.label
  if (!latest.blind) return latest.label
  const ratings = new Map<string, GivenBy>()
  for (const each of by('agent').filter(({ blind }) => blind)) {
    ratings.delete(each.who)
    ratings.set(each.who, each)
  }
  let best: { label: string; count: number } | undefined
  for (const { label } of [...ratings.values()].reverse()) {
    const count = [...ratings.values()].filter((each) => each.label === label).length
    if (best === undefined || count > best.count) best = { label, count }
  }
  return best?.label
}

const LABELS = ['a', 'b', 'c']
const THREADS = ['t1', 't2', 't3']
const PEOPLE = ['Aude', 'Ben', 'Chloé', 'Dan']
const actorOf = (who: string): Actor => ({ ...agent, id: `key_${who}`, name: who })

const annotate = fc.record({
  do: fc.constant('annotate' as const),
  who: fc.constantFrom(...PEOPLE),
  annotations: fc.array(
    fc.record({
      thread: fc.constantFrom(...THREADS),
      label: fc.constantFrom(...LABELS),
      provenance: fc.oneof(
        { weight: 6, arbitrary: fc.constant('agent' as const) },
        { weight: 2, arbitrary: fc.constant('import' as const) },
        { weight: 1, arbitrary: fc.constant('ruling' as const) },
      ),
      blind: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const revoke = fc.record({
  do: fc.constant('revoke' as const),
  which: fc.array(fc.nat(50), { minLength: 1, maxLength: 3 }),
})

describeEachDatabase.always('thread labels', (fresh) => {
  const database = emptiedEachTime(fresh)

  it('are what a naive fold of the annotations gives, after every step', async () => {
    const deps = await setUpLabels(await database())
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: annotate }, revoke), { maxLength: 16 })
    let round = 0
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const facet = await addLabels(deps, `facet-${++round}`, LABELS)
        const labelIds = await deps.facets.ensureLabels(facet.id, LABELS)
        const idOf = (thread: string) => `${thread}-${round}`
        await addThreads(
          deps,
          THREADS.map((thread) => ({ id: idOf(thread) })),
        )
        const all: GivenBy[] = []
        for (const step of taken) {
          if (step.do === 'annotate') {
            const ids = await deps.annotations.append(
              step.annotations.map(({ thread, label, provenance, blind }) => ({
                threadId: idOf(thread),
                facetId: facet.id,
                labelId: labelIds.get(label)!,
                provenance,
                blind,
              })),
              actorOf(step.who),
            )
            step.annotations.forEach((annotation, i) => {
              all.push({ ...annotation, who: step.who, id: ids[i]!, revoked: false })
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
      { numRuns: 100 },
    )
  })

  it('rest on the last rating for the label that most gave blind', async () => {
    const deps = await setUpLabels(await database())
    const facet = await addLabels(deps, 'category', LABELS)
    const labelIds = await deps.facets.ensureLabels(facet.id, LABELS)
    await addThreads(deps, [{ id: 't1' }])
    const annotate = async (who: string, label: string, rest: Partial<Given> = {}) => {
      const annotation = { threadId: 't1', facetId: facet.id, labelId: labelIds.get(label)! }
      const [id] = await deps.annotations.append(
        [{ ...annotation, provenance: rest.provenance ?? 'agent', blind: rest.blind ?? true }],
        actorOf(who),
      )
      return id!
    }
    const labelInForce = async () => (await deps.threadLabels.labelsOf(['t1'])).get('t1')?.[0]
    await annotate('Aude', 'a')
    const second = await annotate('Ben', 'a')
    const third = await annotate('Chloé', 'b')
    expect(await labelInForce()).toMatchObject({ label: 'a', annotationId: second, provenance: 'agent' })
    await deps.annotations.revoke([second], agent)
    expect(await labelInForce()).toMatchObject({ label: 'b', annotationId: third })
    const ruling = await annotate('Dan', 'c', { provenance: 'ruling', blind: false })
    await annotate('Ben', 'a', { blind: false })
    expect(await labelInForce()).toMatchObject({ label: 'c', annotationId: ruling, provenance: 'ruling' })
    await deps.annotations.revoke([ruling], agent)
    expect(await labelInForce()).toMatchObject({ label: 'a', provenance: 'agent' })
  })
})
