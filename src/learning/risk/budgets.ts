import type { ClassifierModel, HeldOutSummary } from '../artefact/model.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import type { StoredHeldOutPredictions } from '../training/held-out-predictions.ts'
import { createCostTable, type LabelCost } from './costs.ts'
import {
  type ChosenThresholds,
  chooseThresholds,
  type HeldOutPredictions,
  lossOf,
  type RiskBudgets,
} from './risk-budget.ts'

/** The budgets of a model and the thresholds that keep them. */
type BudgetedThresholds = Pick<ClassifierModel, 'budgets' | 'threshold' | 'labelThresholds'>

/** Held-out predictions as an artefact keeps them, with the costs of its mistakes. */
export function withCosts(
  labels: readonly string[],
  heldOut: StoredHeldOutPredictions,
  costs: readonly LabelCost[] | undefined,
): HeldOutPredictions {
  return costs === undefined ? heldOut : { ...heldOut, costs: createCostTable(labels, costs) }
}

/** Chooses thresholds in the form in which a model keeps them. */
export function thresholdsFor(
  labels: readonly string[],
  heldOut: HeldOutPredictions,
  budgets: RiskBudgets,
): BudgetedThresholds {
  const { facet, dear, labels: chosen } = chooseThresholds(labels, heldOut, budgets)
  const own = Object.entries(chosen).filter(([, { bound }]) => bound === 'own')
  return {
    budgets,
    threshold: facet.threshold,
    labelThresholds: Object.fromEntries([
      ...(dear?.labels ?? []).map((label) => [label, dear!.threshold] as const),
      ...own.map(([label, { threshold }]) => [label, threshold] as const),
    ]),
  }
}

/** The figures of a summary that depend on thresholds. */
export function selectionAt(
  labels: readonly string[],
  heldOut: HeldOutPredictions,
  { threshold, labelThresholds }: BudgetedThresholds,
): Pick<HeldOutSummary, 'coverage' | 'wrongAmongAssigned' | 'meanCost'> {
  const { truths, likeliest, confidences, costs } = heldOut
  const leastOf = labels.map((label) =>
    Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold,
  )
  let assigned = 0
  let wrong = 0
  let cost = 0
  for (let row = 0; row < truths.length; row++) {
    const given = likeliest[row]!
    if (confidences[row]! < leastOf[given]!) continue
    assigned++
    if (truths[row] !== given) wrong++
    cost += lossOf(heldOut, row)
  }
  return {
    coverage: truths.length > 0 ? assigned / truths.length : 0,
    wrongAmongAssigned: assigned > 0 ? wrong / assigned : 0,
    ...(costs && { meanCost: assigned > 0 ? cost / assigned : 0 }),
  }
}

/** What chosen thresholds assign, all parts together. */
export interface AssignedTotals {
  /** Held-out rows. */
  readonly cases: number
  readonly assigned: number
  readonly wrong: number
}

/** Adds up the parts of chosen thresholds; labels that fell back are among the facet's rows already. */
export function assignedBy({ facet, dear, labels }: ChosenThresholds): AssignedTotals {
  const own = Object.values(labels).filter(({ bound }) => bound === 'own')
  const totals = { cases: 0, assigned: 0, wrong: 0 }
  for (const { cases, assigned, wrong } of [facet, ...(dear ? [dear] : []), ...own]) {
    totals.cases += cases
    totals.assigned += assigned
    totals.wrong += wrong
  }
  return totals
}

/**
 * The thresholds that budgets would give a classifier, and their coverage, by the held-out predictions that it carries.
 *
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function thresholdsOf({ model }: Classifier, budgets: RiskBudgets): ChosenThresholds {
  return chooseThresholds(model.labels, withCosts(model.labels, model.heldOut, model.costs), budgets)
}

/**
 * The same classifier under other budgets, without training.
 *
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function withBudgets({ model }: Classifier, budgets: RiskBudgets): Classifier {
  const heldOut = withCosts(model.labels, model.heldOut, model.costs)
  const chosen = thresholdsFor(model.labels, heldOut, budgets)
  const heldOutSummary = { ...model.heldOutSummary, ...selectionAt(model.labels, heldOut, chosen) }
  return createClassifier({ ...model, ...chosen, heldOutSummary })
}
