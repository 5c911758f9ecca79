import type { NgramOptions } from '../../text/terms/ngrams.ts'
import { type Classifier, createClassifier } from '../classifier.ts'
import { LearningError } from '../errors.ts'
import type { Vocabulary } from '../features/vectorizer.ts'
import { decodeHeldOut, encodeHeldOut } from '../training/held-out.ts'
import { decodeNetwork, encodeNetwork } from './artefact-network.ts'
import type { ClassifierModel } from './model.ts'
import { copyOf, decodeJson, encodeJson } from './weights.ts'

/**
 * A saved classifier, by file name: `model.json` and `weights.bin` (TensorFlow.js layers format), `encoder.json`
 * and `encoder.bin` (what turns a text into the network's input), `held-out.bin` (what calibration and thresholds rest
 * on), `classifier.json` (labels, calibration, thresholds).
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
const FORMAT = 3

/** Saves a classifier; TensorFlow.js is loaded for it. */
export async function saveClassifier({ model }: Classifier): Promise<ArtefactFiles> {
  const { labels, temperature, warming, threshold, labelThresholds, budgets, familiarity } = model
  const { seed, examples, fullFit, settings, outOfFold } = model
  return {
    ...(await encodeNetwork(model)),
    ...encodeVocabulary(model.vocabulary, model.ngrams),
    'held-out.bin': encodeHeldOut(model.heldOut),
    'classifier.json': encodeJson({
      format: FORMAT,
      labels,
      temperature,
      warming,
      threshold,
      labelThresholds,
      budgets,
      familiarity,
      seed,
      examples,
      fullFit,
      settings,
      outOfFold,
    }),
  }
}

/**
 * Makes a saved classifier answer again, exactly as before; needs no TensorFlow.js.
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
    if (format !== FORMAT) {
      throw new LearningError(
        'ARTEFACT_UNSUPPORTED',
        `artefact format ${String(format)} is not supported; expected ${FORMAT}`,
      )
    }
    return createClassifier({
      ...(described as ClassifierModel), // What is numeric in it is checked by createClassifier.
      ...decodeVocabulary(read('encoder.json'), read('encoder.bin')),
      ...decodeNetwork(read('model.json'), read('weights.bin')),
      heldOut: decodeHeldOut(read('held-out.bin'), described.outOfFold!.n),
    })
  } catch (error) {
    if (error instanceof LearningError) throw error
    throw new LearningError('ARTEFACT_CORRUPT', 'the artefact cannot be read', { cause: error })
  }
}

/** No limit of an encoder is above this: what is to be read of a text is set aside before one comes. */
const MOST = 1_000_000

/** `encoder.bin`: hashes (uint32) of all columns, then their inverse document frequencies (float32), little-endian. */
export function encodeVocabulary(vocabulary: Vocabulary, ngrams: NgramOptions) {
  const { hashes, idf } = vocabulary
  const bytes = new Uint8Array(hashes.length * 8)
  bytes.set(bytesOf(hashes))
  bytes.set(bytesOf(idf), hashes.length * 4)
  return { 'encoder.json': encodeJson({ columns: hashes.length, ngrams }), 'encoder.bin': bytes }
}

export function decodeVocabulary(
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
