import { createYielder } from '../../platform/yield-to-event-loop.ts'
import { subjectOf } from '../../triage/gather-subjects.ts'
import { givenLabel } from '../../triage/predictions/prediction.ts'
import { createConditionReading } from '../../triage/routing/condition-reading.ts'
import { decideDestination } from '../../triage/routing/decide-destination.ts'
import type { Destination, SubjectLabel } from '../../triage/routing/routing-rule.ts'
import type { InsightDeps } from '../deps.ts'
import type { Routing } from './audit-figures.ts'

type MisrouteDeps = Pick<InsightDeps, 'cases' | 'threads' | 'ruleSets'>

const CHUNK = 200

/**
 * Routes drawn threads again with the labels that agents gave blind in the place of predictions: by the rules, at the
 * time and with the circumstances of when they were drawn, but with today's text, facts and tags.
 *
 * @param trueLabels label by facet, of each thread
 * @returns threads that were routed, keyed by id
 */
export async function findMisroutes(
  deps: MisrouteDeps,
  facetId: string,
  trueLabels: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Promise<Map<string, Routing>> {
  const yieldToEventLoop = createYielder()
  const reading = createConditionReading()
  const found = new Map<string, Routing>()
  const ids = [...trueLabels.keys()]
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
        const { facts, tags, text } = subjectOf(thread, labels)
        const subject = { ...known, labels, facts, tags, text }
        return decideDestination(ruleSet, subject, new Date(decidedAt), reading)
      }
      const again = decide(predicted)
      // The text, tags or facts changed since: what the labels alone would have done is not known any more.
      if (!isSame(again.destination, destination)) continue
      const { provisional = [] } = again
      const used = provisional.map(({ facet }) => facet)
      const { all, wrong } = corrections(predicted, trueLabels.get(thread.id)!, used)
      if (isSame(decide({ ...predicted, ...all }).destination, destination)) found.set(thread.id, 'right')
      else if (isSame(decide({ ...predicted, ...wrong }).destination, destination))
        found.set(thread.id, 'not-sure')
      else found.set(thread.id, 'wrong-label')
    }
  }
  return found
}

/**
 * True labels in the form of predictions: of all facets that have one, and of those with another label assigned, or used
 * provisionally.
 */
function corrections(
  predicted: Readonly<Record<string, SubjectLabel>>,
  trueLabels: ReadonlyMap<string, string>,
  usedProvisionally: readonly string[],
): Record<'all' | 'wrong', Record<string, SubjectLabel>> {
  const all: Record<string, SubjectLabel> = {}
  const wrong: Record<string, SubjectLabel> = {}
  for (const [facet, label] of trueLabels) {
    const prediction: SubjectLabel = givenLabel(label)
    all[facet] = prediction
    const before = predicted[facet]
    const used = before?.decision === 'assigned' || usedProvisionally.includes(facet)
    if (used && before?.label !== label) wrong[facet] = prediction
  }
  return { all, wrong }
}

function isSame(one: Destination, other: Destination): boolean {
  return one.kind === other.kind && one.name === other.name
}
