import { type HiddenLayer, trainHidden } from './hidden-layer.ts'
import { type LabelledRows, type SoftmaxModel, trainSoftmax } from './softmax.ts'

/** Logits are `bias + x · weights + relu(hidden.bias + x · hidden.weights) · hidden.output`. */
export interface Network extends SoftmaxModel {
  readonly hidden: HiddenLayer
}

interface NetworkOptions {
  readonly seed: number
  readonly epochs: number
  /** Of the linear part. */
  readonly dropout: number
  readonly learningRate: number
  /** Number of groups of hidden units, which are trained apart. */
  readonly groups: number
  /** Units of each group. */
  readonly groupUnits: number
  /** Of the groups. */
  readonly groupDropout: number
  readonly groupRate: number
}

interface NetworkExtras {
  /** Initial weights; they are not changed. */
  readonly start?: Network | undefined
  /** Rows and passes for the hidden layer in place of `labelled`; the linear part ignores them. */
  readonly more?: (LabelledRows & { readonly epochs: number }) | undefined
  /** Called with the share done. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/** Share of the linear part in the logits; the groups share the rest equally. */
const LINEAR_SHARE = 1 / 3

/**
 * A weighted mean of the logits of a linear model and of several small networks of one hidden layer, each trained by
 * itself: the linear one is better where a class has five examples, the others where it has ten or a hundred, and each
 * small network errs in its own way (docs/internals/learning.md). Together they are one network, so that serving
 * computes a single sum.
 */
export function trainNetwork(
  labelled: LabelledRows,
  options: NetworkOptions,
  { start, more, onProgress = () => {} }: NetworkExtras = {},
): Network {
  const { epochs, groups } = options
  const deepEpochs = more?.epochs ?? epochs
  const begun = start === undefined ? undefined : parted(start, groups)
  const linear = trainSoftmax(labelled, options, begun?.linear, (done) =>
    onProgress(LINEAR_SHARE * (done / epochs)),
  )
  const groupOptions = { ...options, dropout: options.groupDropout, learningRate: options.groupRate }
  const deep = trainHidden(more ?? labelled, { ...groupOptions, epochs: deepEpochs }, begun?.deep, (done) =>
    onProgress(LINEAR_SHARE + (1 - LINEAR_SHARE) * (done / deepEpochs)),
  )
  const { classes } = labelled
  const share = (1 - LINEAR_SHARE) / groups
  const bias = scaled(linear.bias, LINEAR_SHARE)
  deep.bias.forEach((value, at) => {
    bias[at % classes] = bias[at % classes]! + share * value
  })
  return {
    weights: scaled(linear.weights, LINEAR_SHARE),
    bias: centred(bias, classes),
    hidden: { ...deep.hidden, output: centred(scaled(deep.hidden.output, share), classes) },
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

/** Splits a network into the models of which it is the mean; each gets the whole bias. */
function parted({ weights, bias, hidden }: Network, groups: number) {
  const share = (1 - LINEAR_SHARE) / groups
  const biases = new Float32Array(groups * bias.length)
  for (let group = 0; group < groups; group++) biases.set(bias, group * bias.length)
  return {
    linear: { weights: weights.map((value) => value / LINEAR_SHARE), bias: bias.slice() },
    deep: {
      hidden: { ...hidden, output: hidden.output.map((value) => value / share) },
      bias: biases,
    },
  }
}

function scaled(values: Float32Array, factor: number): Float32Array {
  for (let at = 0; at < values.length; at++) values[at] = values[at]! * factor
  return values
}
