/** A threshold that no confidence reaches: every prediction abstains. */
export const ABSTAIN_ALWAYS = 1.01

/** Bounds of every temperature. */
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

/** How the temperature of a text follows its energy (see `energyOf`). */
export interface Warming {
  /** By how much the logarithm of the temperature grows with the energy. */
  readonly perEnergy: number
  /** The energy at which the temperature is what the model states: the mean of held-out rows. */
  readonly usualEnergy: number
}

/** The same temperature for every text. */
export const NO_WARMING: Warming = { perEnergy: 0, usualEnergy: 0 }

/** The temperature of a text of this energy. */
export function temperatureAt(
  temperature: number,
  { perEnergy, usualEnergy }: Warming,
  energy: number,
): number {
  const [least, greatest] = TEMPERATURE_BOUNDS
  const warmed = temperature * Math.exp(perEnergy * (energy - usualEnergy))
  return Math.min(greatest, Math.max(least, warmed))
}

/** Warmings tested, in standard deviations of the energy; the minimum is that of the parabola through their losses. */
const TRIED = [0, 0.15, 0.3] as const
const MOST_WARMING = 0.45

/**
 * The warming and temperature that minimise the negative log-likelihood of held-out rows. There is no warming
 * where the likelihood gains less by it than a second parameter costs (Schwarz 1978).
 *
 * @param logits row-major, `targets.length` rows of `classes`
 * @param energies of the rows
 */
export function fitTemperatures(
  logits: Float64Array,
  targets: Int32Array,
  energies: Float64Array,
  classes: number,
): { readonly temperature: number; readonly warming: Warming } {
  const rows = targets.length
  const usualEnergy = rows > 0 ? energies.reduce((sum, energy) => sum + energy, 0) / rows : 0
  const deviation = Math.sqrt(
    energies.reduce((sum, energy) => sum + (energy - usualEnergy) ** 2, 0) / Math.max(1, rows),
  )
  const cold = { temperature: fitTemperature(logits, targets, classes), warming: NO_WARMING }
  if (!(deviation > 0) || classes < 2) return cold
  const fitAt = (warmth: number) => {
    const warming = { perEnergy: warmth / deviation, usualEnergy }
    const cooled = new Float64Array(logits.length)
    for (let row = 0; row < rows; row++) {
      const factor = Math.exp(-warming.perEnergy * (energies[row]! - usualEnergy))
      for (let at = row * classes; at < (row + 1) * classes; at++) cooled[at] = logits[at]! * factor
    }
    const temperature = fitTemperature(cooled, targets, classes)
    return { temperature, warming, loss: lossOf(cooled, targets, classes, temperature) }
  }
  const [none, some, more] = TRIED.map((warmth) => fitAt(warmth).loss) as [number, number, number]
  const bend = none - 2 * some + more
  const least = bend > 0 ? TRIED[1] * (1 + (none - more) / (2 * bend)) : none > more ? MOST_WARMING : 0
  const best = fitAt(Math.min(MOST_WARMING, Math.max(0, least)))
  return none - best.loss > Math.log(rows) / 2
    ? { temperature: best.temperature, warming: best.warming }
    : cold
}

/** Negative log-likelihood of the targets. */
function lossOf(logits: Float64Array, targets: Int32Array, classes: number, temperature: number): number {
  let loss = 0
  for (let row = 0; row < targets.length; row++) {
    const base = row * classes
    let highest = -Infinity
    for (let c = 0; c < classes; c++) highest = Math.max(highest, logits[base + c]!)
    let sum = 0
    for (let c = 0; c < classes; c++) sum += Math.exp((logits[base + c]! - highest) / temperature)
    loss += Math.log(sum) - (logits[base + targets[row]!]! - highest) / temperature
  }
  return loss
}
