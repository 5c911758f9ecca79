import type { SparseRows } from '../features/vectorizer.ts'
import { createRandom, type Random, shuffle } from '../random.ts'
import { addSparseProduct } from './sparse-kernel.ts'

export interface DescentOptions {
  readonly seed: number
  /** Passes over the rows. */
  readonly epochs: number
  /** Initial step size; it falls linearly to zero, which has the effect of averaging the iterates. */
  readonly learningRate: number
  /** Share of a row's entries left out at each visit, in [0, 1); the others are scaled up accordingly. */
  readonly dropout: number
}

/** Rows with the class of each, in `[0, classes)`. */
export interface LabelledRows {
  readonly rows: SparseRows
  readonly targets: Int32Array
  readonly classes: number
}

/** A linear model: logits are `bias + x · weights`, weights row-major with one row of classes a feature. */
export interface SoftmaxModel {
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** Step size of the bias relative to the weights: smaller, since every row moves it. */
export const BIAS_RATE = 0.1

/**
 * Multinomial logistic regression by stochastic gradient descent, one row a step, with feature dropout, which for
 * a linear model is an adaptive L2 penalty (Wager, Wang & Liang 2013) and halves the work. A row whose gradient
 * was negligible is skipped in the next epoch.
 *
 * @param start initial weights, which are changed; zero by default
 * @param onEpoch called after each epoch with how many are done
 */
export function trainSoftmax(
  { rows, targets, classes }: LabelledRows,
  options: DescentOptions,
  start?: SoftmaxModel,
  onEpoch: (done: number) => void = () => {},
): SoftmaxModel {
  const weights = start?.weights ?? new Float32Array(rows.columns * classes)
  const bias = start?.bias ?? new Float32Array(classes)
  const random = createRandom(options.seed)
  const order = Int32Array.from({ length: rows.size }, (_, row) => row)
  const resting = new Uint8Array(rows.size)
  const longest = longestRow(rows)
  const drawn = { indices: new Int32Array(longest), values: new Float32Array(longest) }
  const draw = createRowSampler(rows, options.dropout, random, drawn)
  const logits = new Float64Array(classes)
  const gradient = createSoftmaxGradient(classes)
  const { active, components } = gradient
  const steps = options.epochs * rows.size
  let step = 0
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (const row of shuffle(order, random)) {
      const rate = options.learningRate * (1 - step++ / steps)
      if (resting[row] === 1) {
        resting[row] = 0
        continue
      }
      const size = draw(row)
      logits.set(bias)
      addSparseProduct(drawn.indices, drawn.values, 0, size, weights, classes, logits)
      const found = gradient.of(logits, targets[row]!)
      if (found === 0) resting[row] = 1
      for (let k = 0; k < found; k++) {
        bias[active[k]!] = bias[active[k]!]! - rate * BIAS_RATE * components[k]!
        components[k] = components[k]! * rate
      }
      descend(weights, classes, drawn.indices, drawn.values, size, active, components, found)
    }
    onEpoch(epoch + 1)
  }
  return { weights, bias }
}

function descend(
  weights: Float32Array,
  classes: number,
  indices: Int32Array,
  values: Float32Array,
  size: number,
  active: Int32Array,
  gradient: Float64Array,
  found: number,
): void {
  if (found === 0) return
  for (let at = 0; at < size; at++) {
    const base = indices[at]! * classes
    const value = values[at]!
    for (let k = 0; k < found; k++) {
      const w = base + active[k]!
      weights[w] = weights[w]! - value * gradient[k]!
    }
  }
}

/** Components up to this size are not applied: those of nearly all classes, once a row is learned. */
const NEGLIGIBLE = 0.005
/** Logits this far below the highest count as probability 0: e^-16 is 1e-7. */
const HOPELESS = -16

/** The gradient of the loss with respect to the logits of one row, without negligible components. */
interface SoftmaxGradient {
  /** Classes that have a component, in `[0, found)`. */
  readonly active: Int32Array
  /** Their components. */
  readonly components: Float64Array
  /** Computes `softmax(logits) - onehot(target)`, in place of `logits`. @returns the number of components */
  of(logits: Float64Array, target: number): number
}

export function createSoftmaxGradient(classes: number): SoftmaxGradient {
  const active = new Int32Array(classes)
  const components = new Float64Array(classes)
  return {
    active,
    components,
    of(logits, target) {
      let highest = -Infinity
      for (let c = 0; c < classes; c++) if (logits[c]! > highest) highest = logits[c]!
      let sum = 0
      for (let c = 0; c < classes; c++) {
        const behind = logits[c]! - highest
        const e = behind < HOPELESS ? 0 : Math.exp(behind)
        logits[c] = e
        sum += e
      }
      let found = 0
      for (let c = 0; c < classes; c++) {
        const component = logits[c]! / sum - (c === target ? 1 : 0)
        if (component <= NEGLIGIBLE && component >= -NEGLIGIBLE) continue
        active[found] = c
        components[found++] = component
      }
      return found
    },
  }
}

/** Most entries of a row. */
export function longestRow({ size, offsets }: SparseRows): number {
  let longest = 0
  for (let row = 0; row < size; row++) longest = Math.max(longest, offsets[row + 1]! - offsets[row]!)
  return longest
}

/**
 * Makes a function that draws entries of a row into `indices` and `values`, and returns their number.
 *
 * @param dropout share of a row's entries left out at each draw, in [0, 1); the others are scaled up accordingly
 */
export function createRowSampler(
  rows: SparseRows,
  dropout: number,
  random: Random,
  { indices, values }: { readonly indices: Int32Array; readonly values: Float32Array },
): (row: number) => number {
  const { offsets } = rows
  const kept = 1 - dropout
  return (row) => {
    const to = offsets[row + 1]!
    let size = 0
    for (let at = offsets[row]!; at < to; at++) {
      if (dropout > 0 && random.next() >= kept) continue
      indices[size] = rows.indices[at]!
      values[size++] = rows.values[at]! / kept
    }
    return size
  }
}
