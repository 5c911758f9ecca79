import type { io } from '@tensorflow/tfjs-core'
import { copyOf, decodeJson, encodeJson } from './artefact-bytes.ts'
import { LearningError } from './errors.ts'
import { fromHalf, toHalf } from './half-float.ts'
import type { ClassifierModel } from './model.ts'
import type { SoftmaxModel } from './softmax.ts'

const KERNEL = 'logits/kernel'
const BIAS = 'logits/bias'

/** The network as TensorFlow.js saves it, the kernel in half precision (its `float16` quantisation). */
export async function encodeNetwork(model: ClassifierModel) {
  const tf = await import('@tensorflow/tfjs-core')
  await import('@tensorflow/tfjs-backend-cpu')
  const { buildSparseModel } = await import('./tf-layers.ts')
  const classes = model.labels.length
  const columns = model.vocabulary.hashes.length
  const production = tf.env().getBool('PROD')
  tf.env().set('PROD', true) // Keeps the library's advertisement for another package out of our logs.
  let saved: io.ModelArtifacts | undefined
  try {
    const network = buildSparseModel(columns, classes, model.temperature)
    await network.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) }
      }),
    )
    network.dispose()
  } finally {
    tf.env().set('PROD', production)
  }
  // The weights go from the model to the file as they are; the network was built for its topology.
  const weights: io.WeightsManifestEntry[] = [
    {
      name: KERNEL,
      shape: [columns, classes],
      dtype: 'float32',
      quantization: { dtype: 'float16' },
    },
    { name: BIAS, shape: [classes], dtype: 'float32' },
  ]
  const { modelTopology, format, generatedBy, convertedBy } = saved!
  const weightsManifest = [{ paths: ['weights.bin'], weights }]
  const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest }
  const kernel = toHalf(model.weights)
  const bytes = new Uint8Array(kernel.byteLength + classes * 4)
  bytes.set(new Uint8Array(kernel.buffer))
  bytes.set(new Uint8Array(model.bias.slice().buffer), kernel.byteLength)
  return { 'model.json': encodeJson(json), 'weights.bin': bytes }
}

/** The kernel and the bias of a network that `encodeNetwork` wrote. */
export function decodeWeights(json: Uint8Array, bytes: Uint8Array): SoftmaxModel {
  const { weightsManifest } = decodeJson(json) as io.ModelJSON
  const [kernel, bias] = weightsManifest[0]?.weights ?? []
  const [columns = 0, classes = 0] = kernel?.shape ?? []
  const kernelBytes = columns * classes * 2
  const sound =
    kernel?.name === KERNEL &&
    kernel.quantization?.dtype === 'float16' &&
    bias?.name === BIAS &&
    bias.shape[0] === classes &&
    bytes.length === kernelBytes + classes * 4
  if (!sound) throw new LearningError('ARTEFACT_CORRUPT', 'model.json and weights.bin do not fit together')
  return {
    weights: fromHalf(new Uint16Array(copyOf(bytes.subarray(0, kernelBytes)).buffer)),
    bias: new Float32Array(copyOf(bytes.subarray(kernelBytes)).buffer),
  }
}
