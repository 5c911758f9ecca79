import type { io } from '@tensorflow/tfjs-core'
import type { Network } from '../network/network.ts'

import type { ClassifierModel } from './model.ts'
import { decodeJson, decodeWeights, describeWeights, encodeJson, encodeWeights } from './weights.ts'

/** The network as TensorFlow.js saves it, its matrices in half precision (its `float16` quantisation). */
export async function encodeNetwork(model: ClassifierModel) {
  const tf = await import('@tensorflow/tfjs-core')
  await import('@tensorflow/tfjs-backend-cpu')
  const { buildNetwork } = await import('./tf-layers.ts')
  const sizes = {
    columns: model.vocabulary.hashes.length,
    classes: model.labels.length,
    units: model.hidden.units,
  }
  const production = tf.env().getBool('PROD')
  tf.env().set('PROD', true) // Keeps the library's advertisement for another package out of our logs.
  let saved: io.ModelArtifacts | undefined
  try {
    const network = buildNetwork({ ...sizes, temperature: model.temperature, ...model.warming })
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
  const { modelTopology, format, generatedBy, convertedBy } = saved!
  const weightsManifest = [{ paths: ['weights.bin'], weights: describeWeights(sizes) }]
  const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest }
  return { 'model.json': encodeJson(json), 'weights.bin': encodeWeights(model) }
}

/** The network that `encodeNetwork` wrote. */
export function decodeNetwork(json: Uint8Array, bytes: Uint8Array): Network {
  const { weightsManifest } = decodeJson(json) as io.ModelJSON
  return decodeWeights(weightsManifest[0]?.weights ?? [], bytes)
}
