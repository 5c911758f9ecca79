import { type HiddenLayer, trainHidden } from './hidden-layer.ts'
import { type LabelledRows, type SoftmaxModel, trainSoftmax } from './softmax.ts'

/** Logits are `bias + x · weights + relu(hidden.bias + x · hidden.weights) · hidden.output`. */
export interface Network extends SoftmaxModel {
  readonly hidden: HiddenLayer
}

interface NetworkOptions {
  readonly seed: number
  readonly epochs: number
  readonly dropout: number
  /** Of the linear part. */
  readonly learningRate: number
  readonly hiddenUnits: number
  readonly hiddenRate: number
}

interface NetworkExtras {
  /** Initial weights; they are not changed. */
  readonly start?: Network | undefined
  /** Rows and passes for the hidden layer in place of `labelled`; the linear part ignores them. */
  readonly more?: (LabelledRows & { readonly epochs: number }) | undefined
  /** Called with the share done. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/**
 * The mean of the logits of a linear model and of one with a hidden layer, each trained by itself: the linear one is
 * better where a class has five examples, the other where it has ten or a hundred, and the mean is better than either
 * almost everywhere (docs/internals/learning.md). It is one network, so that serving computes a single sum.
 */
export function trainNetwork(
  labelled: LabelledRows,
  options: NetworkOptions,
  { start, more, onProgress = () => {} }: NetworkExtras = {},
): Network {
  const { epochs } = options
  const deepEpochs = more?.epochs ?? epochs
  const begun = start === undefined ? undefined : parted(start)
  const linear = trainSoftmax(labelled, options, begun?.linear, (done) => onProgress(done / epochs / 3))
  const hiddenOptions = { ...options, units: options.hiddenUnits, learningRate: options.hiddenRate }
  const deep = trainHidden(more ?? labelled, { ...hiddenOptions, epochs: deepEpochs }, begun?.deep, (done) =>
    onProgress((1 + (2 * done) / deepEpochs) / 3),
  )
  const bias = linear.bias.map((value, c) => value + deep.bias[c]!)
  return {
    weights: scaled(linear.weights, 0.5),
    bias: centred(scaled(bias, 0.5), bias.length),
    hidden: { ...deep.hidden, output: centred(scaled(deep.hidden.output, 0.5), bias.length) },
  }
}

/**
 * Subtracts the mean of each row, which changes no probability: a logit then compares a label with the mean of all.
 * Linear weights are centred already, since they start at zero and the components of a gradient add up to zero.
 */
function centred(rows: Float32Array, width: number): Float32Array {
  for (let from = 0; from < rows.length; from += width) {
    let sum = 0
    for (let at = from; at < from + width; at++) sum += rows[at]!
    for (let at = from; at < from + width; at++) rows[at] = rows[at]! - sum / width
  }
  return rows
}

/** Splits a network into two models of which it is the mean; each gets the whole bias. */
function parted({ weights, bias, hidden }: Network) {
  return {
    linear: { weights: weights.map((value) => value * 2), bias: bias.slice() },
    deep: {
      hidden: { ...hidden, output: hidden.output.map((value) => value * 2) },
      bias,
    },
  }
}

function scaled(values: Float32Array, factor: number): Float32Array {
  for (let at = 0; at < values.length; at++) values[at] = values[at]! * factor
  return values
}
