import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { subjectOf } from '../../triage/gather-subjects.ts'
import { decideDestination } from '../../triage/routing/decide-destination.ts'
import type { Destination, SubjectLabel } from '../../triage/routing/routing-rule.ts'
import type { InsightDeps } from '../deps.ts'
import type { Routing } from './audit-figures.ts'

type MisrouteDeps = Pick<InsightDeps, 'cases' | 'threads' | 'ruleSets'>

const CHUNK = 200

/**
 * Decides again on drawn threads, with what agents labelled blind in the place of what was predicted: by the rules in
 * force when they were drawn, at that time, on what was known then (but for facts and tags, which are those of today).
 *
 * @param truths label by facet, of each thread
 * @returns threads that were routed, keyed by id
 */
export async function findMisroutes(
  deps: MisrouteDeps,
  facetId: string,
  truths: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<Map<string, Routing>> {
  const yieldToEventLoop = createYielder()
  const found = new Map<string, Routing>()
  const ids = [...truths.keys()]
  for (let from = 0; from < ids.length; from += CHUNK) {
    const chunk = ids.slice(from, from + CHUNK)
    const drawn = await deps.cases.routings(facetId, chunk)
    const ruleSets = await deps.ruleSets.byVersion([
      ...new Set([...drawn.values()].map(({ ruleSetVersion }) => ruleSetVersion)),
    ])
    for (const thread of await deps.threads.facts([...drawn.keys()])) {
      await yieldToEventLoop()
      const { ruleSetVersion, circumstances, destination } = drawn.get(thread.id)!
      const ruleSet = ruleSets.get(ruleSetVersion)
      if (ruleSet === undefined) continue
      const { labels: predicted, decidedAt, ...known } = circumstances
      const decide = (given: Readonly<Record<string, SubjectLabel>>) => {
        const labels = new Map(Object.entries(given))
        const { facts, tags } = subjectOf(thread, labels)
        const subject = { ...known, labels, facts, tags }
        return decideDestination(ruleSet, subject, new Date(decidedAt)).destination
      }
      const { all, wrong } = corrections(predicted, truths.get(thread.id)!)
      if (isSame(decide({ ...predicted, ...all }), destination)) found.set(thread.id, 'right')
      else if (isSame(decide({ ...predicted, ...wrong }), destination)) found.set(thread.id, 'not-sure')
      else found.set(thread.id, 'wrong-label')
    }
  }
  return found
}

/** True labels as verdicts: of all facets that have one, and of those where another label had been assigned. */
function corrections(
  predicted: Readonly<Record<string, SubjectLabel>>,
  truths: ReadonlyMap<string, string>,
): Record<'all' | 'wrong', Record<string, SubjectLabel>> {
  const all: Record<string, SubjectLabel> = {}
  const wrong: Record<string, SubjectLabel> = {}
  for (const [facet, label] of truths) {
    const prediction: SubjectLabel = { label, confidence: 1, decision: 'assigned' }
    all[facet] = prediction
    const said = predicted[facet]
    if (said?.decision === 'assigned' && said.label !== label) wrong[facet] = prediction
  }
  return { all, wrong }
}

function isSame(one: Destination, other: Destination): boolean {
  return one.kind === other.kind && one.name === other.name
}
