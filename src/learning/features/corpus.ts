import { createNgramCounter, defaultNgramOptions, type NgramOptions } from '../../text/terms/ngrams.ts'
import { LearningError } from '../errors.ts'
import { createHashIndex } from './hash-index.ts'
import { MAX_COUNT } from './vectorizer.ts'

/**
 * Texts as n-gram counts, before any vocabulary is chosen, so that each fold can choose its own without reading
 * the texts again. Row `i` is `[offsets[i], offsets[i + 1])`; its word n-grams come first, up to `wordEnds[i]`.
 */
export interface Corpus {
  readonly size: number
  readonly offsets: Float64Array
  readonly wordEnds: Float64Array
  /** Position in `hashes` of each n-gram. */
  readonly ids: Int32Array
  /** Occurrences in the row, at most `MAX_COUNT`. */
  readonly counts: Uint8Array
  readonly hashes: Uint32Array
}

/** Counts the n-grams of each text. `INVALID_ARGUMENT` where one is no string. */
export function readCorpus(
  texts: readonly string[],
  options: NgramOptions = defaultNgramOptions,
  onProgress: (done: number) => void = () => {},
): Corpus {
  const count = createNgramCounter(options)
  const index = createHashIndex(65536)
  const offsets = new Float64Array(texts.length + 1)
  const wordEnds = new Float64Array(texts.length)
  let ids = new Int32Array(65536)
  let counts = new Uint8Array(65536)
  let used = 0
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row]
    if (typeof text !== 'string') throw new LearningError('INVALID_ARGUMENT', 'a text must be a string')
    const found = count(text)
    const end = used + found.size
    if (end > ids.length) {
      const capacity = Math.max(Math.ceil(ids.length * 1.5), end)
      const moreIds = new Int32Array(capacity)
      moreIds.set(ids)
      ids = moreIds
      const moreCounts = new Uint8Array(capacity)
      moreCounts.set(counts)
      counts = moreCounts
    }
    wordEnds[row] = used + found.words
    for (let at = 0; at < found.size; at++) {
      ids[used] = index.add(found.hashes[at]!)
      counts[used++] = Math.min(found.counts[at]!, MAX_COUNT)
    }
    offsets[row + 1] = used
    if (row % 1000 === 999) onProgress(row + 1)
  }
  return {
    size: texts.length,
    offsets,
    wordEnds,
    ids: ids.subarray(0, used),
    counts: counts.subarray(0, used),
    hashes: index.hashes(),
  }
}
