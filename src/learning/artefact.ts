import { decodeJson, encodeJson } from './artefact-bytes.ts'
import { decodeVocabulary, encodeVocabulary } from './artefact-encoder.ts'
import { decodeNetwork, encodeNetwork } from './artefact-network.ts'
import { type Classifier, createClassifier } from './classifier.ts'
import { LearningError } from './errors.ts'
import { decodeHeldOut, encodeHeldOut } from './held-out.ts'
import type { ClassifierModel } from './model.ts'

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
      throw new LearningError('ARTEFACT_UNSUPPORTED', `artefact format ${String(format)}, not ${FORMAT}`)
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
