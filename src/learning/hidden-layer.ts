import { createRowSampler } from './feature-dropout.ts'
import { createRandom, type Random, shuffle } from './random.ts'
import { BIAS_RATE, type DescentOptions, type LabelledRows } from './softmax.ts'
import { createSoftmaxGradient } from './softmax-gradient.ts'
import { addSparseProduct } from './sparse-kernel.ts'

/** Rectified linear units over sparse rows: `relu(bias + x · weights) · output`, matrices row-major. */
export interface HiddenLayer {
  readonly units: number
  /** A row of units a feature. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** A row of classes a unit. */
  readonly output: Float32Array
}

/** A network of its own: logits are what the layer gives, plus `bias`. */
export interface DeepModel {
  readonly hidden: HiddenLayer
  readonly bias: Float32Array
}

export interface HiddenOptions extends DescentOptions {
  readonly units: number
}

/** Standard deviation of a feature's first weights: small, so that what was never learned says little. */
const FIRST_DEVIATION = 0.05

/**
 * One hidden layer by stochastic gradient descent, one row a step. Only the features of a row and the units that it
 * wakes are touched, so a step costs what the row does; plain descent with dropout of features does what Adam over
 * dense updates does, in a hundredth of the time.
 *
 * @param start a model to go on from, which is changed; seeded random weights without
 * @param onEpoch called after each epoch with how many are done
 */
export function trainHidden(
  { rows, targets, classes }: LabelledRows,
  options: HiddenOptions,
  start?: DeepModel,
  onEpoch: (done: number) => void = () => {},
): DeepModel {
  const { units, epochs, learningRate } = options
  const random = createRandom(options.seed)
  const model = start ?? firstModel(rows.columns, units, classes, random)
  const { hidden, bias } = model
  const order = Int32Array.from({ length: rows.size }, (_, row) => row)
  const resting = new Uint8Array(rows.size)
  const sample = createRowSampler(rows, options.dropout, random)
  const awake = new Float64Array(units)
  const logits = new Float64Array(classes)
  const gradient = createSoftmaxGradient(classes)
  const steps = epochs * rows.size
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const row of shuffle(order, random)) {
      const rate = learningRate * (1 - step++ / steps)
      if (resting[row] === 1) {
        resting[row] = 0
        continue
      }
      const size = sample.draw(row)
      activate(hidden, sample.indices, sample.values, 0, size, awake)
      logits.set(bias)
      addOutput(hidden, awake, logits)
      const found = gradient.of(logits, targets[row]!)
      if (found === 0) {
        resting[row] = 1
        continue
      }
      const { active, components } = gradient
      for (let k = 0; k < found; k++) {
        components[k] = components[k]! * rate
        bias[active[k]!] = bias[active[k]!]! - BIAS_RATE * components[k]!
      }
      descendOutput(hidden, awake, active, components, found)
      descendInput(hidden, sample.indices, sample.values, size, awake)
    }
    onEpoch(epoch + 1)
  }
  return model
}

/** Fills `awake` with `relu(bias + x · weights)`. */
export function activate(
  { units, weights, bias }: HiddenLayer,
  indices: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
  awake: Float64Array,
): void {
  awake.set(bias)
  addSparseProduct(indices, values, from, to, weights, units, awake)
  for (let unit = 0; unit < units; unit++) if (!(awake[unit]! > 0)) awake[unit] = 0
}

/** Adds `awake · output` to `logits`. */
export function addOutput({ units, output }: HiddenLayer, awake: Float64Array, logits: Float64Array): void {
  const classes = logits.length
  for (let unit = 0; unit < units; unit++) {
    const value = awake[unit]!
    if (value === 0) continue
    const base = unit * classes
    for (let c = 0; c < classes; c++) logits[c] = logits[c]! + value * output[base + c]!
  }
}

/** Moves `output` against the gradient and leaves the gradient by the units, by their weights before, in `awake`. */
function descendOutput(
  { units, output }: HiddenLayer,
  awake: Float64Array,
  active: Int32Array,
  gradient: Float64Array,
  found: number,
): void {
  const classes = output.length / units
  for (let unit = 0; unit < units; unit++) {
    const value = awake[unit]!
    if (value === 0) continue
    const base = unit * classes
    let sum = 0
    for (let k = 0; k < found; k++) {
      const at = base + active[k]!
      const weight = output[at]!
      sum += gradient[k]! * weight
      output[at] = weight - gradient[k]! * value
    }
    awake[unit] = sum
  }
}

function descendInput(
  { units, weights, bias }: HiddenLayer,
  indices: Int32Array,
  values: Float32Array,
  size: number,
  gradient: Float64Array,
): void {
  for (let unit = 0; unit < units; unit++) bias[unit] = bias[unit]! - BIAS_RATE * gradient[unit]!
  for (let at = 0; at < size; at++) {
    const base = indices[at]! * units
    const value = values[at]!
    for (let unit = 0; unit < units; unit++) {
      weights[base + unit] = weights[base + unit]! - value * gradient[unit]!
    }
  }
}

function firstModel(columns: number, units: number, classes: number, random: Random): DeepModel {
  const weights = new Float32Array(columns * units)
  const output = new Float32Array(units * classes)
  fill(weights, FIRST_DEVIATION, random)
  fill(output, 1 / Math.sqrt(units), random)
  const hidden = { units, weights, bias: new Float32Array(units), output }
  return { hidden, bias: new Float32Array(classes) }
}

/** Even numbers of this standard deviation. */
function fill(values: Float32Array, deviation: number, random: Random): void {
  const width = deviation * Math.sqrt(12)
  for (let at = 0; at < values.length; at++) values[at] = width * (random.next() - 0.5)
}
