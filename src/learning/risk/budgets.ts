import type { ClassifierModel, OutOfFoldSummary } from '../artefact/model.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import type { HeldOutRows } from '../training/held-out.ts'
import { type ChosenThresholds, chooseThresholds, type RiskBudgets } from './risk-budget.ts'

/** What a model says of its budgets and thresholds. */
type BudgetedThresholds = Pick<ClassifierModel, 'budgets' | 'threshold' | 'labelThresholds'>

/** Thresholds as a model keeps them. */
export function thresholdsFor(
  labels: readonly string[],
  heldOut: HeldOutRows,
  budgets: RiskBudgets,
): BudgetedThresholds {
  const { facet, labels: chosen } = chooseThresholds(labels, heldOut, budgets)
  const own = Object.entries(chosen).filter(([, { bound }]) => bound === 'own')
  return {
    budgets,
    threshold: facet.threshold,
    labelThresholds: Object.fromEntries(own.map(([label, { threshold }]) => [label, threshold])),
  }
}

/** The shares of a summary that follow from thresholds. */
export function selectionAt(
  labels: readonly string[],
  { truths, likeliest, confidences }: HeldOutRows,
  { threshold, labelThresholds }: BudgetedThresholds,
): Pick<OutOfFoldSummary, 'coverage' | 'wrongAmongAssigned'> {
  const leastOf = labels.map((label) =>
    Object.hasOwn(labelThresholds, label) ? labelThresholds[label]! : threshold,
  )
  let assigned = 0
  let wrong = 0
  for (let row = 0; row < truths.length; row++) {
    const given = likeliest[row]!
    if (confidences[row]! < leastOf[given]!) continue
    assigned++
    if (truths[row] !== given) wrong++
  }
  return {
    coverage: truths.length > 0 ? assigned / truths.length : 0,
    wrongAmongAssigned: assigned > 0 ? wrong / assigned : 0,
  }
}

/**
 * The thresholds that budgets would give a classifier, and what they would cost, from the out-of-fold predictions that
 * it carries.
 *
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function thresholdsOf({ model }: Classifier, budgets: RiskBudgets): ChosenThresholds {
  return chooseThresholds(model.labels, model.heldOut, budgets)
}

/**
 * The same classifier under other budgets, without training.
 *
 * @throws LearningError `INVALID_ARGUMENT`
 */
export function withBudgets({ model }: Classifier, budgets: RiskBudgets): Classifier {
  const { heldOut } = model
  const chosen = thresholdsFor(model.labels, heldOut, budgets)
  const outOfFold = { ...model.outOfFold, ...selectionAt(model.labels, heldOut, chosen) }
  return createClassifier({ ...model, ...chosen, outOfFold })
}
