import { decodeJson, encodeJson } from './artefact-bytes.ts'
import { decodeVocabulary, encodeVocabulary } from './artefact-encoder.ts'
import { completed, decodeLinearNetwork } from './artefact-first-format.ts'
import { decodeNetwork, encodeNetwork } from './artefact-network.ts'
import { type Classifier, createClassifier } from './classifier.ts'
import { LearningError } from './errors.ts'
import type { ClassifierModel } from './model.ts'

/**
 * A saved classifier, by file name: `model.json` and `weights.bin` (TensorFlow.js layers format), `encoder.json`
 * and `encoder.bin` (what turns a text into the network's input), `classifier.json` (labels and calibration).
 * Bytes are a function of the classifier alone.
 */
export type ArtefactFiles = Readonly<Record<ArtefactFileName, Uint8Array>>

export const artefactFileNames = [
  'model.json',
  'weights.bin',
  'encoder.json',
  'encoder.bin',
  'classifier.json',
] as const
export type ArtefactFileName = (typeof artefactFileNames)[number]

/** Raised when a file changes its meaning; an artefact of another format is refused. */
const FORMAT = 2
/** The format before, which is still read. */
const LINEAR_FORMAT = 1

/** Saves a classifier; TensorFlow.js is loaded for it. */
export async function saveClassifier({ model }: Classifier): Promise<ArtefactFiles> {
  const { labels, temperature, threshold, risk, seed, examples, fullFit, settings, outOfFold } = model
  return {
    ...(await encodeNetwork(model)),
    ...encodeVocabulary(model.vocabulary, model.ngrams),
    'classifier.json': encodeJson({
      format: FORMAT,
      labels,
      temperature,
      threshold,
      risk,
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
    if (about.format !== FORMAT && about.format !== LINEAR_FORMAT) {
      throw new LearningError(
        'ARTEFACT_UNSUPPORTED',
        `artefact format ${String(about.format)}, not ${FORMAT}`,
      )
    }
    const { format, ...told } = about
    const isLinear = format === LINEAR_FORMAT
    const described = isLinear ? completed(told) : told
    const decode = isLinear ? decodeLinearNetwork : decodeNetwork
    return createClassifier({
      ...(described as ClassifierModel), // What is numeric in it is checked by createClassifier.
      ...decodeVocabulary(read('encoder.json'), read('encoder.bin')),
      ...decode(read('model.json'), read('weights.bin')),
    })
  } catch (error) {
    if (error instanceof LearningError) throw error
    throw new LearningError('ARTEFACT_CORRUPT', 'the artefact cannot be read', { cause: error })
  }
}
