/** A row with a truth, as far as telling what is in scope goes. */
export interface ScopedRow {
  readonly inScope: boolean
  /** Whether the likeliest label in scope is its own. */
  readonly right: boolean
  /** Higher for what is more likely in scope. */
  readonly score: number
}

/**
 * The least score at which a row should be assigned for most rows to be treated right: one in scope by getting its label,
 * one out of scope by getting none. Of equally good ones the lowest; infinite where it is best to assign nothing.
 */
export function chooseScopeThreshold(rows: readonly ScopedRow[]): number {
  const order = [...rows].sort((a, b) => b.score - a.score)
  let gain = 0
  let most = 0
  let threshold = Infinity
  order.forEach(({ inScope, right, score }, at) => {
    gain += inScope ? (right ? 1 : 0) : -1
    if (order[at + 1]?.score === score || gain < most) return
    most = gain
    threshold = score
  })
  return threshold
}

/** The highest threshold at or above which a share `coverage` of the rows in scope is. */
export function coveringThreshold(rows: readonly ScopedRow[], coverage: number): number {
  const scores = Float64Array.from(
    rows.filter(({ inScope }) => inScope),
    ({ score }) => score,
  ).sort()
  const left = Math.floor(scores.length * (1 - coverage) + 1e-9)
  return scores[left] ?? Infinity
}
