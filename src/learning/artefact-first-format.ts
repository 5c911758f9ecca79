import type { io } from '@tensorflow/tfjs-core'
import { copyOf, decodeJson } from './artefact-bytes.ts'
import { LearningError } from './errors.ts'
import { fromHalf } from './half-float.ts'
import type { ClassifierModel } from './model.ts'
import type { Network } from './network.ts'

/**
 * The network of an artefact of format 1, which was linear: one hidden unit that adds nothing stands in for the layer,
 * so that facets trained before go on answering until they are trained again.
 */
export function decodeLinearNetwork(json: Uint8Array, bytes: Uint8Array): Network {
  const { weightsManifest } = decodeJson(json) as io.ModelJSON
  const [kernel, bias] = weightsManifest[0]?.weights ?? []
  const [columns = 0, classes = 0] = kernel?.shape ?? []
  const kernelBytes = columns * classes * 2
  const sound =
    kernel?.name === 'logits/kernel' &&
    kernel.quantization?.dtype === 'float16' &&
    bias?.name === 'logits/bias' &&
    bias.shape[0] === classes &&
    bytes.length === kernelBytes + classes * 4
  if (!sound) throw new LearningError('ARTEFACT_CORRUPT', 'model.json and weights.bin do not fit together')
  return {
    weights: fromHalf(new Uint16Array(copyOf(bytes.subarray(0, kernelBytes)).buffer)),
    bias: new Float32Array(copyOf(bytes.subarray(kernelBytes)).buffer),
    hidden: {
      units: 1,
      weights: new Float32Array(columns),
      bias: new Float32Array(1),
      output: new Float32Array(classes),
    },
  }
}

/** What format 1 did not say; no training goes on from such a model: the next begins anew. */
export function completed(about: Partial<ClassifierModel>): Partial<ClassifierModel> {
  const fullFit = { examples: about.examples ?? 0, refits: Number.MAX_SAFE_INTEGER }
  return { ...about, fullFit, risk: { budget: 0.05, doubt: 0.1 } }
}
