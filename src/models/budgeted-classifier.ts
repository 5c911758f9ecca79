import { type Classifier, type RiskBudgets, withBudgets } from '../learning/index.ts'

/** Probability, at most, that the share of wrong labels is above a budget after all. */
export const RISK_DOUBT = 0.05

/** The budgets as people state them now, for the thresholds of a classifier. */
export function statedBudgets(
  riskBudget: number,
  labelBudgets: Readonly<Record<string, number>> = {},
): RiskBudgets {
  return { facet: { budget: riskBudget, doubt: RISK_DOUBT }, labels: labelBudgets }
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
