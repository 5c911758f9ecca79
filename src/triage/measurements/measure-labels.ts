import type { Facet, Label } from '../../labels/facet.ts'
import { lockFacet } from '../../labels/label-queries.ts'
import { majorityLabel } from '../../labels/majority-label.ts'
import { type LabelCost, ORDINARY_COST } from '../../learning/risk/costs.ts'
import type { TriageDeps } from '../deps.ts'
import { startSweep } from '../sweep.ts'
import { actsOnlyWhereMeasured, keepsBudget } from './measurement.ts'
import type { AuditedThread, MeasurementRow } from './measurement-store.ts'

const PAGE = 500

/**
 * Measures by the audit on which sources the labels of facets keep their budgets, where this decides whether they act.
 * Where a label now acts, or no longer does, all threads are routed again.
 */
export async function measureLabels(deps: TriageDeps): Promise<void> {
  for (const facet of await deps.facets.all()) {
    if (!actsOnlyWhereMeasured(facet.name)) continue
    const threads = await deps.measurements.auditedThreads(facet.id)
    const labels = await labelsOf(deps, facet)
    const costs = await deps.facets.costs.of(facet.id)
    await deps.db.transaction(async () => {
      await lockFacet(deps.db, facet.id)
      const changed = await deps.measurements.replace(facet.id, tally(threads, labels, { facet, costs }))
      if (changed) await startSweep(deps)
    })
  }
}

/** Each label on each source with an audited thread. */
function tally(
  threads: readonly AuditedThread[],
  labels: readonly Label[],
  { facet, costs }: { readonly facet: Facet; readonly costs: readonly LabelCost[] },
): MeasurementRow[] {
  const sources = [...new Set(threads.map(({ sourceId }) => sourceId))].sort()
  return sources.flatMap((sourceId) => {
    const audited = threads.filter((thread) => thread.sourceId === sourceId)
    return labels.map(({ name, riskBudget }) => {
      const assigned = audited.filter((thread) => thread.assigned === name)
      const truths = assigned.map(({ given }) => majorityLabel(given))
      const right = truths.filter((truth) => truth === name).length
      const lost = truths.reduce((sum, truth) => sum + costOf(costs, truth, name), 0)
      const budget = riskBudget ?? facet.riskBudget
      const counts = { audited: audited.length, assigned: assigned.length, right }
      return { sourceId, label: name, ...counts, budget, acts: keepsBudget(counts, budget, lost) }
    })
  })
}

/** A thread whose labels have no majority counts as an ordinary mistake. */
function costOf(costs: readonly LabelCost[], truth: string | undefined, given: string): number {
  if (truth === given) return 0
  return costs.find((each) => each.truth === truth && each.given === given)?.cost ?? ORDINARY_COST
}

async function labelsOf({ facets }: Pick<TriageDeps, 'facets'>, { id }: Facet): Promise<Label[]> {
  const labels: Label[] = []
  let cursor: string | undefined
  do {
    const page = await facets.labels(id, { limit: PAGE, cursor })
    labels.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return labels
}
