import type { Actor } from '../../access/actor.ts'
import { requireReadableSource } from '../../ingest/readable-sources.ts'
import type { Facet } from '../../labels/facet.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { assignedBy, thresholdsOf } from '../../learning/risk/budgets.ts'
import { DEFAULT_FAILURE_PROBABILITY } from '../../learning/risk/risk-budget.ts'
import { statedBudgets } from '../../models/registry/model-registry.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { Sentences } from '../../text/wording.ts'
import type { VersionFigureDeps } from './deps.ts'
import { describePrice } from './describe-price.ts'
import { assignedShare } from './risk-coverage.ts'
import { readVolume, type Volume } from './volume.ts'

export interface PricesQuestion {
  readonly facet: string
  readonly version: number
  /** Budgets of the facet; by default a scale from half a per cent to thirty. */
  readonly budgets?: readonly number[]
  /** Name of the source whose posts are counted; all by default. */
  readonly source?: string
  readonly actor: Actor
}

/** What a budget gives, a day. */
export interface BudgetOutcome {
  readonly budget: number
  /** Share of posts that are assigned a label. */
  readonly coverage: number
  /** Share of wrong labels among these, by held-out predictions; absent where nothing is assigned. */
  readonly error?: number | undefined
  /** Upper bound of that share at the failure probability. */
  readonly upperBound?: number | undefined
  readonly assignedPerDay: number
  readonly wrongPerDay: number
  readonly toPeoplePerDay: number
}

export interface BudgetPrice extends BudgetOutcome {
  /** This less what is now. */
  readonly difference: Pick<BudgetOutcome, 'coverage' | 'assignedPerDay' | 'wrongPerDay' | 'toPeoplePerDay'>
  readonly sentence: Sentences
}

export interface BudgetPrices {
  readonly facet: string
  readonly version: number
  readonly failureProbability: number
  /** Whether the version decides by costs: budgets then bound the mean cost. */
  readonly inCost: boolean
  readonly volume: Volume
  /** The active version under the budgets in force; without one nothing is assigned. */
  readonly now: BudgetOutcome & { readonly version?: number | undefined }
  readonly budgets: readonly BudgetPrice[]
}

const SCALE = [
  0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.045, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12,
  0.13, 0.14, 0.15, 0.16, 0.18, 0.2, 0.22, 0.25, 0.28, 0.3,
]

/**
 * What budgets of the facet would give with a version, and cost people, in posts a day: those of its labels stay as they
 * are. Changes nothing.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, SOURCE_NOT_FOUND, ARTEFACT_CORRUPT
 */
export async function budgetPrices(deps: VersionFigureDeps, asked: PricesQuestion): Promise<BudgetPrices> {
  const facet = await deps.facets.require(asked.facet)
  const version = await deps.versions.require(facet, asked.version)
  const source =
    asked.source === undefined
      ? undefined
      : await requireReadableSource(deps.sources, asked.source, asked.actor)
  const volume = await readVolume(deps, { reader: asked.actor.audience, source })
  const classifier = await deps.models.modelOf(version)
  const active = await deps.versions.active(facet.id)
  const labelBudgets = (await deps.facets.labelBudgets()).get(facet.id)
  const under = (model: Classifier, budget: number) =>
    outcome(budget, assignedBy(thresholdsOf(model, statedBudgets(budget, labelBudgets))), volume)
  const now =
    active === undefined
      ? nothingAssigned(facet, volume)
      : {
          version: active.number,
          ...under(
            active.id === version.id ? classifier : await deps.models.modelOf(active),
            facet.riskBudget,
          ),
        }
  const inCost = classifier.model.costs !== undefined
  const yieldToEventLoop = createYielder()
  const budgets: BudgetPrice[] = []
  for (const budget of [...new Set(asked.budgets ?? SCALE)].sort((a, b) => a - b)) {
    const price = under(classifier, budget)
    const difference = {
      coverage: price.coverage - now.coverage,
      assignedPerDay: price.assignedPerDay - now.assignedPerDay,
      wrongPerDay: price.wrongPerDay - now.wrongPerDay,
      toPeoplePerDay: price.toPeoplePerDay - now.toPeoplePerDay,
    }
    budgets.push({
      ...price,
      difference,
      sentence: describePrice({ ...price, difference }, { inCost, volume }),
    })
    await yieldToEventLoop()
  }
  return {
    facet: facet.name,
    version: version.number,
    failureProbability: DEFAULT_FAILURE_PROBABILITY,
    inCost,
    volume,
    now,
    budgets,
  }
}

function outcome(
  budget: number,
  totals: Parameters<typeof assignedShare>[0],
  { perDay }: Volume,
): BudgetOutcome {
  const { coverage, error, upperBound } = assignedShare(totals)
  return {
    budget,
    coverage,
    error,
    upperBound,
    assignedPerDay: perDay * coverage,
    wrongPerDay: perDay * coverage * (error ?? 0),
    toPeoplePerDay: perDay * (1 - coverage),
  }
}

function nothingAssigned(facet: Facet, volume: Volume): BudgetOutcome {
  return outcome(facet.riskBudget, { cases: 0, assigned: 0, wrong: 0 }, volume)
}
