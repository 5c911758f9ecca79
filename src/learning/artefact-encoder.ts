import type { NgramOptions } from '../text/ngrams.ts'
import { copyOf, decodeJson, encodeJson } from './artefact-bytes.ts'
import { LearningError } from './errors.ts'
import type { Vocabulary } from './vectorizer.ts'

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
    throw new LearningError('ARTEFACT_CORRUPT', 'encoder.json and encoder.bin do not fit together')
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
