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
  /** A network to go on from; it is not changed. */
  readonly start?: Network | undefined
  /** What the hidden layer is fitted to instead, in how many passes; the linear part is not. */
  readonly more?: (LabelledRows & { readonly epochs: number }) | undefined
  /** Called with the share done. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/**
 * The mean of the logits of a linear model and of one with a hidden layer, each trained by itself: the linear one is
 * better where a class has five examples, the other where it has ten or a hundred, and the mean is better than either
 * almost everywhere (see docs/internals/learning.md). As one network, so that serving pays for the sum alone.
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
 * Rows less their mean, which no probability sees: logits then speak for a label against the average of the others.
 * Linear weights are so by themselves, since they start at zero and gradients add up to zero.
 */
function centred(rows: Float32Array, width: number): Float32Array {
  for (let from = 0; from < rows.length; from += width) {
    let sum = 0
    for (let at = from; at < from + width; at++) sum += rows[at]!
    for (let at = from; at < from + width; at++) rows[at] = rows[at]! - sum / width
  }
  return rows
}

/** The two models whose mean a network is; which of them the bias came from makes no difference to the mean. */
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
