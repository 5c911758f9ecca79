import type { io } from '@tensorflow/tfjs-core'
import { copyOf, decodeJson } from './artefact-bytes.ts'
import { LearningError } from './errors.ts'
import { ALL_FAMILIAR } from './familiarity.ts'
import { fromHalf } from './half-float.ts'
import { NO_HELD_OUT_ROWS } from './held-out.ts'
import type { ClassifierModel } from './model.ts'
import type { Network } from './network.ts'
import type { RiskBudget } from './risk-budget.ts'

/** Format 1 was linear; its matrices were named otherwise. */
export const LINEAR_FORMAT = 1
/** Format 2 had the network of today. */
const UNBUDGETED_FORMAT = 2

/** Whether an artefact is of a format that is no longer written but is still read. */
export function isEarlierFormat(format: unknown): boolean {
  return format === LINEAR_FORMAT || format === UNBUDGETED_FORMAT
}

type EarlierModel = Partial<ClassifierModel> & { readonly risk?: RiskBudget }

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

/**
 * What earlier formats did not say. They kept no held-out rows, so their thresholds are what they are; no training goes
 * on from such a model: the next begins anew.
 */
export function completed(about: EarlierModel): Partial<ClassifierModel> {
  const { risk = { budget: 0.05, doubt: 0.1 }, ...told } = about
  return {
    ...told,
    fullFit: { examples: told.examples ?? 0, refits: Number.MAX_SAFE_INTEGER },
    budgets: { facet: risk },
    labelThresholds: {},
    familiarity: ALL_FAMILIAR,
    heldOut: NO_HELD_OUT_ROWS,
  }
}
