import { type Classifier, type RiskBudgets, USUAL_DOUBT, withBudgets } from '../learning/index.ts'

/** The budgets as people state them now, for the thresholds of a classifier. */
export function statedBudgets(
  riskBudget: number,
  labelBudgets: Readonly<Record<string, number>> = {},
): RiskBudgets {
  return { facet: { budget: riskBudget, doubt: USUAL_DOUBT }, labels: labelBudgets }
}

/** Equal for equal budgets: what a prediction was decided under. */
export function budgetsKey({ facet, labels = {} }: RiskBudgets): string {
  return JSON.stringify([facet.budget, facet.doubt, Object.entries(labels).sort()])
}

/**
 * A classifier under the budgets stated now. One that carries no out-of-fold predictions (of an earlier format) keeps
 * the thresholds it was trained with, until its facet is trained again.
 */
export function budgetedClassifier(classifier: Classifier, budgets: RiskBudgets): Classifier {
  const { heldOut, budgets: own } = classifier.model
  if (heldOut.truths.length === 0 || budgetsKey(own) === budgetsKey(budgets)) return classifier
  return withBudgets(classifier, budgets)
}
