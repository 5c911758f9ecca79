import type { SparseRows } from '../features/vectorizer.ts'
import { createRandom, shuffle } from '../random.ts'
import { createRowSampler, createSoftmaxGradient } from './softmax-gradient.ts'
import { addSparseProduct } from './sparse-kernel.ts'

export interface DescentOptions {
  readonly seed: number
  /** Passes over the rows. */
  readonly epochs: number
  /** Step size at the start; it falls linearly to zero, which does what averaging the iterates would. */
  readonly learningRate: number
  /** Share of a row's entries left out at each visit, in [0, 1); those kept are scaled up to make good. */
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

/** The bias moves on every visit, so it moves less. */
export const BIAS_RATE = 0.1

/**
 * Multinomial logistic regression by stochastic gradient descent, one row a step, with feature dropout, which for
 * a linear model is an adaptive L2 penalty (Wager, Wang & Liang 2013) and halves the work besides. A row that had
 * no gradient worth applying sits out the next epoch.
 *
 * @param start weights to go on from, which are changed; zero without
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
  const sample = createRowSampler(rows, options.dropout, random)
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
      const size = sample.draw(row)
      logits.set(bias)
      addSparseProduct(sample.indices, sample.values, 0, size, weights, classes, logits)
      const found = gradient.of(logits, targets[row]!)
      if (found === 0) resting[row] = 1
      for (let k = 0; k < found; k++) {
        bias[active[k]!] = bias[active[k]!]! - rate * BIAS_RATE * components[k]!
        components[k] = components[k]! * rate
      }
      descend(weights, classes, sample.indices, sample.values, size, active, components, found)
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
