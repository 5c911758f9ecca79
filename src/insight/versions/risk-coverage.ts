import { areaUnderRiskCoverage } from '../../learning/evaluation/evaluate.ts'
import { assignedBy, thresholdsOf, withCosts } from '../../learning/risk/budgets.ts'
import { DEFAULT_FAILURE_PROBABILITY } from '../../learning/risk/risk-budget.ts'
import { type RiskCoveragePoint, riskCoverageCurve } from '../../learning/risk/risk-coverage.ts'
import { upperBound } from '../../learning/statistics/binomial.ts'
import { statedBudgets } from '../../models/registry/model-registry.ts'
import { createYielder } from '../../platform/yield-to-event-loop.ts'
import type { VersionFigureDeps } from './deps.ts'
import type { VersionQuestion } from './read-version.ts'

/** What a budget assigns among the held-out predictions. */
interface AssignedShare {
  readonly coverage: number
  readonly assigned: number
  readonly wrong: number
  /** Share of wrong ones among the assigned; absent where nothing is assigned. */
  readonly error?: number | undefined
  /** Exact upper bound of that share; absent where nothing is assigned. */
  readonly upperBound?: number | undefined
}

export interface RiskCoverage {
  readonly facet: string
  readonly version: number
  /** Held-out predictions that budgets are kept by. */
  readonly cases: number
  readonly failureProbability: number
  /** Whether the version decides by costs: budgets then bound the mean cost, the errors here are wrong labels still. */
  readonly inCost: boolean
  /** Under the budgets in force, those of labels too. */
  readonly inForce: AssignedShare & { readonly budget: number }
  /** One threshold for all labels, by rising coverage. */
  readonly points: readonly (RiskCoveragePoint & { readonly upperBound: number })[]
  readonly areaUnderCurve: number
}

const POINTS = 60

/**
 * The share of wrong labels for any share of posts that are assigned one, by the held-out predictions that a version's
 * budgets are kept by. They are about all training threads, as its budgets are, and show nothing of any one.
 *
 * @throws CodedError FACET_NOT_FOUND, MODEL_VERSION_NOT_FOUND, ARTEFACT_CORRUPT
 */
export async function riskCoverage(
  deps: VersionFigureDeps,
  asked: Omit<VersionQuestion, 'reader'>,
): Promise<RiskCoverage> {
  const facet = await deps.facets.require(asked.facet)
  const version = await deps.versions.require(facet, asked.version)
  const classifier = await deps.models.modelOf(version)
  const { labels, heldOut, costs } = classifier.model
  const predictions = withCosts(labels, heldOut, costs)
  const stated = statedBudgets(facet.riskBudget, (await deps.facets.labelBudgets()).get(facet.id))
  const totals = assignedBy(thresholdsOf(classifier, stated))
  const yieldToEventLoop = createYielder()
  const points = []
  for (const point of riskCoverageCurve(predictions, POINTS)) {
    points.push({ ...point, upperBound: boundOf(point) })
    await yieldToEventLoop()
  }
  return {
    facet: facet.name,
    version: version.number,
    cases: heldOut.truths.length,
    failureProbability: DEFAULT_FAILURE_PROBABILITY,
    inCost: costs !== undefined,
    inForce: { budget: facet.riskBudget, ...assignedShare(totals) },
    points,
    areaUnderCurve: areaUnderRiskCoverage(
      Float64Array.from(heldOut.confidences),
      Uint8Array.from(heldOut.truths, (truth, row) => (truth === heldOut.likeliest[row] ? 1 : 0)),
    ),
  }
}

/** Totals of chosen thresholds as shares. */
export function assignedShare(totals: {
  readonly cases: number
  readonly assigned: number
  readonly wrong: number
}): AssignedShare {
  const { cases, assigned, wrong } = totals
  const coverage = cases > 0 ? assigned / cases : 0
  if (assigned === 0) return { coverage, assigned, wrong }
  return { coverage, assigned, wrong, error: wrong / assigned, upperBound: boundOf(totals) }
}

function boundOf({ wrong, assigned }: { readonly wrong: number; readonly assigned: number }): number {
  return upperBound(wrong, assigned, DEFAULT_FAILURE_PROBABILITY)
}
