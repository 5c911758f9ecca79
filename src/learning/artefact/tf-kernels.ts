import * as tf from '@tensorflow/tfjs-core'
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
