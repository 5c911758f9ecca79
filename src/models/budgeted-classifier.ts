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

/** A classifier under the budgets stated now. */
export function budgetedClassifier(classifier: Classifier, budgets: RiskBudgets): Classifier {
  const isAsTrained = budgetsKey(classifier.model.budgets) === budgetsKey(budgets)
  return isAsTrained ? classifier : withBudgets(classifier, budgets)
}
