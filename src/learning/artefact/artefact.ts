import type { io } from '@tensorflow/tfjs-core'
import type { NgramOptions } from '../../text/terms/ngrams.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import { LearningError } from '../errors.ts'
import type { Vocabulary } from '../features/vectorizer.ts'
import type { Network } from '../network/network.ts'
import { decodeHeldOut, encodeHeldOut } from '../training/held-out-predictions.ts'
import type { ClassifierModel } from './model.ts'
import { copyOf, decodeJson, decodeWeights, describeWeights, encodeJson, encodeWeights } from './weights.ts'

/**
 * A saved classifier, by file name: `model.json` and `weights.bin` (TensorFlow.js layers format), `encoder.json`
 * and `encoder.bin` (vocabulary and n-gram options), `held-out.bin` (held-out predictions, on which thresholds are
 * chosen), `classifier.json` (labels, calibration, thresholds).
 * Bytes are a function of the classifier alone.
 */
export type ArtefactFiles = Readonly<Record<ArtefactFileName, Uint8Array>>

export const artefactFileNames = [
  'model.json',
  'weights.bin',
  'encoder.json',
  'encoder.bin',
  'held-out.bin',
  'classifier.json',
] as const
export type ArtefactFileName = (typeof artefactFileNames)[number]

/** Raised when a file changes its meaning; an artefact of another format is refused. */
const FORMAT = 7
/** Of an artefact with costs: releases that do not know them would decide by something else. */
const FORMAT_WITH_COSTS = 8

/** Saves a classifier. Loads TensorFlow.js, which writes the topology of the network. */
export async function saveClassifier({ model }: Classifier): Promise<ArtefactFiles> {
  const { labels, temperature, warming, threshold, labelThresholds, budgets, novelty, costs } = model
  const { seed, examples, fullFit, settings, heldOutSummary } = model
  return {
    ...(await encodeNetwork(model)),
    ...encodeVocabulary(model.vocabulary, model.ngrams),
    'held-out.bin': encodeHeldOut(model.heldOut),
    'classifier.json': encodeJson({
      format: costs === undefined ? FORMAT : FORMAT_WITH_COSTS,
      labels,
      temperature,
      warming,
      threshold,
      labelThresholds,
      budgets,
      novelty,
      seed,
      examples,
      fullFit,
      settings,
      heldOutSummary,
      costs,
    }),
  }
}

/**
 * Loads a saved classifier, whose predictions are the same to the last bit. Does not load TensorFlow.js.
 *
 * @throws LearningError `ARTEFACT_CORRUPT`, `ARTEFACT_UNSUPPORTED` (of another format)
 */
export function loadClassifier(files: Readonly<Record<string, Uint8Array>>): Classifier {
  try {
    const read = (name: ArtefactFileName): Uint8Array => {
      const bytes = files[name]
      if (!bytes) throw new LearningError('ARTEFACT_CORRUPT', `the artefact has no ${name}`)
      return bytes
    }
    const about = decodeJson(read('classifier.json')) as Partial<ClassifierModel> & { format?: unknown }
    const { format, ...described } = about
    const expected = described.costs === undefined ? FORMAT : FORMAT_WITH_COSTS
    if (format !== expected) {
      throw new LearningError(
        'ARTEFACT_UNSUPPORTED',
        `artefact format ${String(format)} is not supported; expected ${expected}`,
      )
    }
    return createClassifier({
      ...(described as ClassifierModel), // What is numeric in it is checked by createClassifier.
      ...decodeVocabulary(read('encoder.json'), read('encoder.bin')),
      ...decodeNetwork(read('model.json'), read('weights.bin')),
      heldOut: decodeHeldOut(read('held-out.bin'), described.heldOutSummary!.n),
    })
  } catch (error) {
    if (error instanceof LearningError) throw error
    throw new LearningError('ARTEFACT_CORRUPT', 'the artefact cannot be read', { cause: error })
  }
}

/** Upper bound of the limits of an encoder, since memory is allocated by them before a text is read. */
const MOST = 1_000_000

/** `encoder.bin`: hashes (uint32) of all columns, then their inverse document frequencies (float32), little-endian. */
function encodeVocabulary(vocabulary: Vocabulary, ngrams: NgramOptions) {
  const { hashes, idf } = vocabulary
  const bytes = new Uint8Array(hashes.length * 8)
  bytes.set(bytesOf(hashes))
  bytes.set(bytesOf(idf), hashes.length * 4)
  return { 'encoder.json': encodeJson({ columns: hashes.length, ngrams }), 'encoder.bin': bytes }
}

function decodeVocabulary(
  json: Uint8Array,
  bytes: Uint8Array,
): { ngrams: NgramOptions; vocabulary: Vocabulary } {
  const { columns, ngrams } = decodeJson(json) as { columns: number; ngrams: NgramOptions }
  const limits = [ngrams?.maxCharacters, ngrams?.maxLength, ngrams?.maxWordLength, ngrams?.maxFeatures]
  if (
    !limits.every((limit) => Number.isSafeInteger(limit) && limit > 0 && limit <= MOST) ||
    bytes.length !== columns * 8
  ) {
    throw new LearningError('ARTEFACT_CORRUPT', 'encoder.json and encoder.bin do not match')
  }
  const copy = copyOf(bytes).buffer
  return {
    ngrams,
    vocabulary: {
      hashes: new Uint32Array(copy, 0, columns),
      idf: new Float32Array(copy, columns * 4, columns),
    },
  }
}

function bytesOf(array: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
}

/** The network as TensorFlow.js saves it, with matrices in half precision (`float16` quantisation). */
async function encodeNetwork(model: ClassifierModel) {
  const tf = await import('@tensorflow/tfjs-core')
  await import('@tensorflow/tfjs-backend-cpu')
  const { buildNetwork } = await import('./tf-layers.ts')
  const sizes = {
    columns: model.vocabulary.hashes.length,
    classes: model.labels.length,
    units: model.hidden.units,
  }
  const production = tf.env().getBool('PROD')
  tf.env().set('PROD', true) // Keeps the library's advertisement for another package out of the logs.
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
  // The TensorFlow.js network provides the topology alone; weights are written from the model.
  const { modelTopology, format, generatedBy, convertedBy } = saved!
  const weightsManifest = [{ paths: ['weights.bin'], weights: describeWeights(sizes) }]
  const json = { modelTopology, format, generatedBy, convertedBy, weightsManifest }
  return { 'model.json': encodeJson(json), 'weights.bin': encodeWeights(model) }
}

/** The network that `encodeNetwork` wrote. */
function decodeNetwork(json: Uint8Array, bytes: Uint8Array): Network {
  const { weightsManifest } = decodeJson(json) as io.ModelJSON
  return decodeWeights(weightsManifest[0]?.weights ?? [], bytes)
}
