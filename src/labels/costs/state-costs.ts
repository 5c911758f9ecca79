import type { Actor } from '../../access/actor.ts'
import { type LabelCost, ORDINARY_COST } from '../../learning/risk/costs.ts'
import type { LabelDeps } from '../deps.ts'
import { labelErrors } from '../errors.ts'
import { costsChanged } from '../events.ts'
import { labelName } from '../facet.ts'
import { lockFacet } from '../label-queries.ts'

/** Most costs stated of a facet. */
export const MOST_COSTS = 200

type CostDeps = Pick<LabelDeps, 'db' | 'facets' | 'audit' | 'outbox'>

export interface CostStatement {
  readonly facet: string
  /** Each above 0, at most `LARGEST_COST`. */
  readonly costs: readonly LabelCost[]
  readonly actor: Actor
}

/**
 * States what mistakes cost, in the place of what was stated before. Changed costs count from the next training on, which
 * is asked for at once: the held-out predictions of a version lack the probabilities to decide by other costs.
 *
 * @returns the costs that differ from the ordinary one
 * @throws CodedError FACET_NOT_FOUND, LABEL_NOT_FOUND, COST_OF_RIGHT_LABEL, COST_STATED_TWICE, TOO_MANY_COSTS
 */
export async function stateCosts(deps: CostDeps, { facet: name, costs, actor }: CostStatement) {
  return deps.db.transaction(() => replaceCosts(deps, name, () => costs, actor))
}

export interface OneCost extends LabelCost {
  readonly facet: string
  readonly actor: Actor
}

/** States what one mistake costs, beside what was stated before; the ordinary cost takes its statement back. See `stateCosts`. */
export async function stateCost(deps: CostDeps, { facet: name, actor, ...stated }: OneCost) {
  const { truth, given } = named(stated)
  const isOther = (each: LabelCost) => each.truth !== truth || each.given !== given
  return deps.db.transaction(() =>
    replaceCosts(deps, name, (before) => [...before.filter(isOther), stated], actor),
  )
}

async function replaceCosts(
  { db, facets, audit, outbox }: CostDeps,
  name: string,
  change: (before: readonly LabelCost[]) => readonly LabelCost[],
  actor: Actor,
): Promise<LabelCost[]> {
  const facet = await facets.require(name)
  await lockFacet(db, facet.id)
  const before = await facets.costs.of(facet.id)
  const costs = change(before).map(named)
  check(costs)
  const ids = new Map<string, string>()
  for (const label of new Set(costs.flatMap(({ truth, given }) => [truth, given])))
    ids.set(label, (await facets.requireLabel(facet, label)).id)
  const rows = costs
    .filter(({ cost }) => cost !== ORDINARY_COST)
    .map(({ truth, given, cost }) => ({ truthId: ids.get(truth)!, givenId: ids.get(given)!, cost }))
  await facets.costs.replace(facet.id, rows)
  const after = await facets.costs.of(facet.id)
  if (JSON.stringify(after) === JSON.stringify(before)) return after
  await audit.record('facet.costs-stated', actor, facet.id, {
    before: { costs: before },
    after: { costs: after },
  })
  await outbox.append(costsChanged(facet))
  return after
}

function named({ truth, given, cost }: LabelCost): LabelCost {
  return { truth: labelName(truth), given: labelName(given), cost }
}

function check(costs: readonly LabelCost[]): void {
  if (costs.length > MOST_COSTS) throw labelErrors.TOO_MANY_COSTS({ most: MOST_COSTS })
  const pairs = new Set<string>()
  for (const { truth, given } of costs) {
    if (truth === given) throw labelErrors.COST_OF_RIGHT_LABEL({ label: truth })
    const pair = JSON.stringify([truth, given])
    if (pairs.has(pair)) throw labelErrors.COST_STATED_TWICE({ truth, given })
    pairs.add(pair)
  }
}
