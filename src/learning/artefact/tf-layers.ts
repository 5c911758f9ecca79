import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { TEMPERATURE_BOUNDS, type Warming } from '../calibration/calibration.ts'
import { addSparseProduct } from '../network/sparse-kernel.ts'

/** What is used of a backend; TensorFlow.js types it as `{}`. */
interface Backend {
  readSync(id: object): Float32Array | Int32Array
  write(values: Float32Array, shape: number[], dtype: 'float32'): object
}

type Arrays = Record<string, { readonly values: Float32Array | Int32Array; readonly shape: number[] }>

/** Registers a kernel for the CPU backend as a function from arrays to one array. */
function register(
  kernelName: string,
  compute: (inputs: Arrays, attributes: tf.NamedAttrMap) => { values: Float32Array; shape: number[] },
): void {
  if (tf.getKernel(kernelName, 'cpu') !== undefined) return
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const { readSync, write } = backend as Backend
      const arrays: Arrays = {}
      for (const [name, tensor] of Object.entries(inputs)) {
        if (tensor) arrays[name] = { values: readSync.call(backend, tensor.dataId), shape: tensor.shape }
      }
      const { values, shape } = compute(arrays, attrs ?? {})
      return { dataId: write.call(backend, values, shape, 'float32'), shape, dtype: 'float32' }
    },
  })
}

/** `y[b] = bias + Σ_k values[b, k] · kernel[indices[b, k]]`: `[batch, entries]` twice → `[batch, units]`. */
register('SparseDense', ({ indices, values, kernel, bias }) => {
  const [batch, entries] = indices!.shape as [number, number]
  const units = kernel!.shape[1]!
  const out = new Float32Array(batch * units)
  const y = new Float64Array(units)
  for (let row = 0; row < batch; row++) {
    y.set(bias!.values)
    addSparseProduct(
      indices!.values as Int32Array,
      values!.values as Float32Array,
      row * entries,
      (row + 1) * entries,
      kernel!.values as Float32Array,
      units,
      y,
    )
    out.set(y, row * units)
  }
  return { values: out, shape: [batch, units] }
})

/** `∂L/∂kernel[f] = Σ over entries whose index is f of values[b, k] · dy[b]`: `[features, units]`. */
register('SparseDenseKernelGradient', ({ dy, indices, values }, attributes) => {
  const [batch, entries] = indices!.shape as [number, number]
  const units = dy!.shape[1]!
  const features = attributes.features as number
  const out = new Float32Array(features * units)
  for (let at = 0; at < batch * entries; at++) {
    const value = values!.values[at]!
    if (value === 0) continue
    const from = indices!.values[at]! * units
    const row = Math.floor(at / entries) * units
    for (let c = 0; c < units; c++) out[from + c] = out[from + c]! + value * dy!.values[row + c]!
  }
  return { values: out, shape: [features, units] }
})

/** `∂L/∂values[b, k] = dy[b] · kernel[indices[b, k]]`: `[batch, entries]`. */
register('SparseDenseValuesGradient', ({ dy, indices, kernel }) => {
  const [batch, entries] = indices!.shape as [number, number]
  const units = dy!.shape[1]!
  const out = new Float32Array(batch * entries)
  for (let at = 0; at < out.length; at++) {
    const from = indices!.values[at]! * units
    const row = Math.floor(at / entries) * units
    let sum = 0
    for (let c = 0; c < units; c++) sum += kernel!.values[from + c]! * dy!.values[row + c]!
    out[at] = sum
  }
  return { values: out, shape: [batch, entries] }
})

tf.registerGradient({
  kernelName: 'SparseDense',
  inputsToSave: ['indices', 'values', 'kernel'],
  gradFunc: (dys, saved) => {
    const dy = dys as tf.Tensor2D
    const [indices, values, kernel] = saved as [tf.Tensor, tf.Tensor, tf.Tensor]
    const features = kernel.shape[0]!
    const run = (name: string, inputs: tf.NamedTensorMap, attributes = {}) =>
      tf.engine().runKernel(name, inputs, attributes) as tf.Tensor
    return {
      indices: () => tf.zeros(indices.shape),
      values: () => run('SparseDenseValuesGradient', { dy, indices, kernel }),
      kernel: () => run('SparseDenseKernelGradient', { dy, indices, values }, { features }),
      bias: () => tf.sum(dy, 0),
    }
  },
})

type Shape = (number | null)[]

/**
 * A dense layer over sparse rows: `kernel[indices] · values + bias`. Inputs are two padded tensors
 * `[batch, entries]`: feature indices (int32) and their values (float32); padding is any index with value 0.
 * Output is `[batch, units]`.
 */
class SparseDense extends tfl.layers.Layer {
  static className = 'SparseDense'
  readonly #features: number
  readonly #units: number
  #kernel: tfl.LayerVariable | undefined
  #bias: tfl.LayerVariable | undefined

  constructor(config: { features: number; units: number; name?: string }) {
    super(config)
    this.#features = config.features
    this.#units = config.units
  }

  override build(inputShape: Shape | Shape[]): void {
    this.#kernel = this.addWeight(
      'kernel',
      [this.#features, this.#units],
      'float32',
      tfl.initializers.zeros(),
    )
    this.#bias = this.addWeight('bias', [this.#units], 'float32', tfl.initializers.zeros())
    super.build(inputShape)
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [(inputShape as Shape[])[0]![0]!, this.#units]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [indices, values] = inputs as [tf.Tensor, tf.Tensor]
    return sparseDense(indices, values, this.#kernel!.read(), this.#bias!.read())
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), features: this.#features, units: this.#units }
  }
}

/** Softmax of logits over a temperature (Guo et al. 2017, eq. 9) that follows their energy (`temperatureAt`). */
class TemperatureSoftmax extends tfl.layers.Layer {
  static className = 'TemperatureSoftmax'
  readonly #temperature: number
  readonly #warming: Warming

  constructor(config: Warming & { temperature: number; name?: string }) {
    super(config)
    this.#temperature = config.temperature
    const { perEnergy, usualEnergy } = config
    this.#warming = { perEnergy, usualEnergy }
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const logits = Array.isArray(inputs) ? inputs[0]! : inputs
    const { perEnergy, usualEnergy } = this.#warming
    const [least, greatest] = TEMPERATURE_BOUNDS
    return tf.tidy(() => {
      const unusual = tf.sub(tf.logSumExp(logits, -1, true), usualEnergy)
      const warmed = tf.mul(tf.exp(tf.mul(unusual, perEnergy)), this.#temperature)
      return tf.softmax(tf.div(logits, tf.clipByValue(warmed, least, greatest)))
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), temperature: this.#temperature, ...this.#warming }
  }
}

tf.serialization.registerClass(SparseDense)
tf.serialization.registerClass(TemperatureSoftmax)

/** The op behind `SparseDense`, differentiable in `values`, `kernel` and `bias`. */
export function sparseDense(
  indices: tf.Tensor,
  values: tf.Tensor,
  kernel: tf.Tensor,
  bias: tf.Tensor,
): tf.Tensor2D {
  return tf.engine().runKernel('SparseDense', { indices, values, kernel, bias }) as tf.Tensor2D
}

interface NetworkShape extends Warming {
  readonly columns: number
  readonly classes: number
  readonly units: number
  readonly temperature: number
}

/** The classifier as a layers model, its weights still zero. Names are fixed, so that its JSON is. */
export function buildNetwork({
  columns,
  classes,
  units,
  temperature,
  ...warming
}: NetworkShape): tfl.LayersModel {
  const indices = tfl.input({ shape: [null], dtype: 'int32', name: 'indices' })
  const values = tfl.input({ shape: [null], dtype: 'float32', name: 'values' })
  const sparse = (units: number, name: string) =>
    new SparseDense({ features: columns, units, name }).apply([indices, values]) as tfl.SymbolicTensor
  const awake = tfl.layers.reLU({ name: 'awake' }).apply(sparse(units, 'hidden'))
  const output = tfl.layers.dense({
    units: classes,
    useBias: false,
    name: 'output',
    kernelInitializer: 'zeros',
  })
  const logits = tfl.layers
    .add({ name: 'logits' })
    .apply([sparse(classes, 'linear'), output.apply(awake) as tfl.SymbolicTensor])
  const probabilities = new TemperatureSoftmax({ temperature, ...warming, name: 'probabilities' }).apply(
    logits,
  )
  return tfl.model({
    inputs: [indices, values],
    outputs: probabilities as tfl.SymbolicTensor,
    name: 'entraide_classifier',
  })
}
