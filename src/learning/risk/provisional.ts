import type { Classifier } from '../classifier.ts'
import { rankRows } from './risk-budget.ts'

/**
 * The estimated share of wrong labels among predictions of this label that are as confident as this one, or more;
 * undefined where the label is assigned at some confidence, or its budget is 0. Where costs are stated, predictions are as
 * confident as their score is high.
 */
export type EstimateError = (label: string, confidence: number, score?: number) => number | undefined

/** Fewest held-out predictions that an estimate rests on. */
const FEWEST = 10

/**
 * For a model that cannot be shown to keep a risk budget, so that it abstains from labels at any confidence: how often
 * they would be wrong. The estimate is what was counted among the held-out predictions at least as confident (the ten
 * most confident, where fewer are) or what the calibrated probability expects, whichever is more.
 *
 * @returns undefined where each label is assigned at some confidence, or never to be assigned
 */
export function provisionalErrors({ model }: Pick<Classifier, 'model'>): EstimateError | undefined {
  const { labels, threshold, labelThresholds, budgets, heldOut } = model
  const open = new Set(
    labels.filter((label) => {
      const own = Object.hasOwn(labelThresholds, label)
      const budget = (own ? budgets.labels?.[label] : undefined) ?? budgets.facet.budget
      return (own ? labelThresholds[label]! : threshold) > 1 && budget > 0
    }),
  )
  if (open.size === 0) return undefined
  const confidences: number[] = []
  const errors: number[] = []
  let wrong = 0
  for (const row of rankRows(heldOut)) {
    if (heldOut.truths[row] !== heldOut.likeliest[row]) wrong++
    confidences.push(heldOut.confidences[row]!)
    errors.push(wrong / confidences.length)
  }
  return (label, confidence, score = confidence) => {
    if (!open.has(label)) return undefined
    const asSure = countAtLeast(confidences, score)
    const counted = errors[Math.min(errors.length, Math.max(FEWEST, asSure)) - 1]!
    return Math.max(1 - confidence, counted)
  }
}

/** @param falling values in falling order */
function countAtLeast(falling: readonly number[], value: number): number {
  let low = 0
  let high = falling.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (falling[middle]! >= value) low = middle + 1
    else high = middle
  }
  return low
}
