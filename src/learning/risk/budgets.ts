import type { ClassifierModel, HeldOutSummary } from '../artefact/model.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import type { StoredHeldOutPredictions } from '../training/held-out-predictions.ts'
import { type ChosenThresholds, chooseThresholds, type RiskBudgets } from './risk-budget.ts'

/** The budgets of a model and the thresholds that keep them. */
type BudgetedThresholds = Pick<ClassifierModel, 'budgets' | 'threshold' | 'labelThresholds'>

/** Chooses thresholds in the form in which a model keeps them. */
export function thresholdsFor(
  labels: readonly string[],
  heldOut: StoredHeldOutPredictions,
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

/** The figures of a summary that depend on thresholds. */
export function selectionAt(
  labels: readonly string[],
  { truths, likeliest, confidences }: StoredHeldOutPredictions,
  { threshold, labelThresholds }: BudgetedThresholds,
): Pick<HeldOutSummary, 'coverage' | 'wrongAmongAssigned'> {
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
 * The thresholds that budgets would give a classifier, and their coverage, by the held-out predictions that it carries.
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
  const heldOutSummary = { ...model.heldOutSummary, ...selectionAt(model.labels, heldOut, chosen) }
  return createClassifier({ ...model, ...chosen, heldOutSummary })
}
