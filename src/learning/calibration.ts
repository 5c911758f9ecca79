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
