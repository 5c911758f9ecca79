/** A threshold no confidence reaches: everything abstains. */
export const ABSTAIN_ALWAYS = 1.01

/** Temperatures are kept within these bounds, whatever the data say. */
export const TEMPERATURE_BOUNDS = [0.05, 20] as const

/**
 * The temperature that minimises the negative log-likelihood of held-out rows (Guo et al. 2017, section 4.2). The
 * target keeps `1 / (n + 2)` of its mass for the other classes (after Platt 1999, section 2.2), so that a few rows
 * that all happen to be right do not make the model certain.
 *
 * The objective is convex in `1 / T`; its slope is bisected on a logarithmic scale.
 *
 * @param logits row-major, `targets.length` rows of `classes`
 */
export function fitTemperature(logits: Float64Array, targets: Int32Array, classes: number): number {
  const rows = targets.length
  if (rows === 0 || classes < 2) return 1
  const spared = 1 / (rows + 2)
  let low = Math.log(TEMPERATURE_BOUNDS[0])
  let high = Math.log(TEMPERATURE_BOUNDS[1])
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2
    if (slope(logits, targets, classes, spared, Math.exp(-middle)) > 0) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** Derivative of the mean loss by the inverse temperature: expected logit less the target's. */
function slope(
  logits: Float64Array,
  targets: Int32Array,
  classes: number,
  spared: number,
  inverse: number,
): number {
  let total = 0
  for (let row = 0; row < targets.length; row++) {
    const base = row * classes
    let highest = -Infinity
    let all = 0
    for (let c = 0; c < classes; c++) {
      highest = Math.max(highest, logits[base + c]!)
      all += logits[base + c]!
    }
    let sum = 0
    let weighted = 0
    for (let c = 0; c < classes; c++) {
      const e = Math.exp((logits[base + c]! - highest) * inverse)
      sum += e
      weighted += e * logits[base + c]!
    }
    const own = logits[base + targets[row]!]!
    total += weighted / sum - (1 - spared) * own - (spared * (all - own)) / (classes - 1)
  }
  return total
}

export interface RiskBudget {
  /** Largest share of wrong labels among those assigned. */
  readonly budget: number
  /** Probability, at most, that a rate above the budget would have looked this good. */
  readonly doubt: number
}

/**
 * The lowest confidence such that, among held-out rows at or above it, the exact binomial upper bound of the error
 * rate (Clopper & Pearson 1934, one-sided, level `1 - doubt`) stays within the budget: `P(Bin(n, budget) ≤ wrong)
 * ≤ doubt`. With no error this takes 45 rows at a budget of 0.05 and a doubt of 0.1.
 *
 * @param confidences highest probability of each held-out row
 * @param correct 1 where the row's most probable label is its own, else 0
 * @returns `ABSTAIN_ALWAYS` when no threshold will do
 */
export function chooseThreshold(confidences: Float64Array, correct: Uint8Array, risk: RiskBudget): number {
  const order = Array.from(confidences.keys()).sort((a, b) => confidences[b]! - confidences[a]!)
  let wrong = 0
  for (const row of order) wrong += 1 - correct[row]!
  for (let n = order.length; n > 0; n--) {
    const last = order[n - 1]!
    const next = order[n]
    const ends = next === undefined || confidences[next]! < confidences[last]!
    if (ends && wrong <= n * risk.budget && binomialCdf(wrong, n, risk.budget) <= risk.doubt) {
      return confidences[last]!
    }
    wrong -= 1 - correct[last]!
  }
  return ABSTAIN_ALWAYS
}

/** `P(Bin(n, p) ≤ k)`, summed from term `k` down, where terms fall as long as `k ≤ n p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p <= 0) return 1
  if (p >= 1) return 0
  let logTerm = n * Math.log1p(-p)
  for (let i = 1; i <= k; i++) logTerm += Math.log(((n - i + 1) / i) * (p / (1 - p)))
  let term = Math.exp(logTerm)
  let sum = 0
  for (let i = k; i >= 0; i--) {
    sum += term
    if (term < sum * 1e-17) break
    term *= (i / (n - i + 1)) * ((1 - p) / p)
  }
  return Math.min(sum, 1)
}
