import type { Facet } from '../../labels/facet.ts'
import type { Classifier } from '../../learning/classifier.ts'
import { assignedBy, thresholdsOf, withCosts } from '../../learning/risk/budgets.ts'
import { type CasesNeeded, casesUntilAssigned } from '../../learning/risk/cases-needed.ts'
import { type ChosenThresholds, DEFAULT_FAILURE_PROBABILITY } from '../../learning/risk/risk-budget.ts'
import { CodedError } from '../../platform/errors.ts'
import type { Sentences } from '../../text/wording.ts'
import type { ModelDeps } from '../deps.ts'
import { describeStanding } from './describe-standing.ts'
import { type ModelRegistry, statedBudgets } from './model-registry.ts'
import type { ModelVersion } from './model-version.ts'

/** What a risk budget of the facet gives, by the held-out predictions of a version. */
export interface BudgetOutlook {
  readonly budget: number
  /** Share of posts that are assigned a label. */
  readonly coverage: number
  /** Share of wrong labels among these; absent where nothing is assigned. */
  readonly estimatedError?: number
}

/** How far a version of a facet's model has come under the risk budgets in force. */
export interface Standing {
  readonly inForce: BudgetOutlook
  /** Other budgets of the facet, with those of its labels as they are. */
  readonly others: readonly BudgetOutlook[]
  /** While nothing is assigned: how many more labelled threads that takes. */
  readonly labelsNeeded?: {
    /** At least so many, if the most confident predictions are all right. */
    readonly atLeast: number
    /** About so many at the present accuracy; absent where this cannot be estimated. */
    readonly estimate?: number
  }
  readonly summary: Sentences
  /** What to do next. */
  readonly next: readonly Sentences[]
}

/** Budgets that a standing compares. */
const BUDGETS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3]

type StandingDeps = Pick<ModelDeps, 'facets'> & { readonly registry: Pick<ModelRegistry, 'modelOf'> }

/**
 * How far a version has come: the coverage of the budgets in force and of others, how many labels it takes until
 * anything is assigned, and what to do next.
 *
 * @returns undefined for a version whose artefact this release cannot read
 */
export async function standingOf(
  deps: StandingDeps,
  { facet, version }: { readonly facet: Facet; readonly version: ModelVersion },
): Promise<Standing | undefined> {
  const classifier = await deps.registry.modelOf(version).catch((error) => {
    if (error instanceof CodedError && error.code === 'ARTEFACT_CORRUPT') return undefined
    throw error
  })
  if (classifier === undefined) return undefined
  const labelBudgets = (await deps.facets.labelBudgets()).get(facet.id) ?? {}
  const under = (budget: number) =>
    outlook(budget, thresholdsOf(classifier, statedBudgets(budget, labelBudgets)))
  const inForce = under(facet.riskBudget)
  const needed = inForce.coverage > 0 ? undefined : casesNeededBy(classifier, facet.riskBudget, labelBudgets)
  const standing = {
    inForce,
    others: BUDGETS.filter((budget) => budget !== facet.riskBudget).map(under),
    labelsNeeded: needed && {
      atLeast: Math.max(0, needed.least - needed.present),
      estimate: needed.estimate === undefined ? undefined : Math.max(1, needed.estimate - needed.present),
    },
  }
  return { ...standing, ...describeStanding({ ...standing, facet: facet.name, version, needed }) }
}

function outlook(budget: number, chosen: ChosenThresholds): BudgetOutlook {
  const { cases, assigned, wrong } = assignedBy(chosen)
  return {
    budget,
    coverage: assigned / Math.max(1, cases),
    estimatedError: assigned === 0 ? undefined : wrong / assigned,
  }
}

/** @returns numbers of labelled threads, of whatever label, with how many there are; undefined where none are enough */
function casesNeededBy(
  { model: { labels, heldOut, costs } }: Classifier,
  budget: number,
  labelBudgets: Readonly<Record<string, number>>,
): (CasesNeeded & { readonly present: number }) | undefined {
  const present = heldOut.truths.length
  // Labels with a budget of their own are judged apart.
  const together = [...heldOut.likeliest.keys()].filter(
    (row) => !Object.hasOwn(labelBudgets, labels[heldOut.likeliest[row]!]!),
  )
  const table = withCosts(labels, heldOut, costs).costs
  // Labels without dear mistakes are assigned first.
  const isCheap = (row: number) => (table?.lossBounds([heldOut.likeliest[row]!]).largest ?? 1) <= 1
  const rows = together.some(isCheap) ? together.filter(isCheap) : together
  const shared = {
    truths: rows.map((row) => heldOut.truths[row]!),
    likeliest: rows.map((row) => heldOut.likeliest[row]!),
    confidences: rows.map((row) => heldOut.confidences[row]!),
    costs: table,
  }
  const needed = casesUntilAssigned(shared, { budget, failureProbability: DEFAULT_FAILURE_PROBABILITY })
  if (needed === undefined) return undefined
  const ofAll = (cases: number) => Math.ceil((cases * present) / rows.length)
  return {
    present,
    least: ofAll(needed.least),
    estimate: needed.estimate === undefined ? undefined : ofAll(needed.estimate),
    surestError: needed.surestError,
  }
}
