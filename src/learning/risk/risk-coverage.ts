import { type HeldOutPredictions, rankRows } from './risk-budget.ts'

/** What one threshold for all labels would assign. */
export interface RiskCoveragePoint {
  readonly threshold: number
  /** Share of rows at or above the threshold. */
  readonly coverage: number
  readonly assigned: number
  readonly wrong: number
  /** Share of wrong ones among the assigned. */
  readonly error: number
}

/**
 * The risk–coverage curve (El-Yaniv & Wiener 2010): the share of wrong labels among rows at or above each of up to
 * `points` thresholds, by rising coverage. Rows that no threshold assigns (of confidence 0) are on no point.
 */
export function riskCoverageCurve(predictions: HeldOutPredictions, points: number): RiskCoveragePoint[] {
  const { truths, likeliest, confidences } = predictions
  const ranked = rankRows(predictions)
  const step = ranked.length / points
  const curve: RiskCoveragePoint[] = []
  let wrong = 0
  let next = step
  ranked.forEach((row, at) => {
    if (confidences[row] === 0) return
    if (truths[row] !== likeliest[row]) wrong++
    const assigned = at + 1
    // Rows of equal confidence are assigned together.
    const following = ranked[assigned] === undefined ? 0 : confidences[ranked[assigned]!]!
    if (following === confidences[row] || (assigned < next && following > 0)) return
    while (next <= assigned) next += step
    curve.push({
      threshold: confidences[row]!,
      coverage: assigned / ranked.length,
      assigned,
      wrong,
      error: wrong / assigned,
    })
  })
  return curve
}
