import { createNgramCounter, type NgramCounts, type NgramOptions } from '../../text/terms/ngrams.ts'
import { unknownIdf } from '../calibration/novelty.ts'
import { LearningError } from '../errors.ts'
import { createHashIndex } from './hash-index.ts'
import { scaleView, termWeight, type Vocabulary } from './vectorizer.ts'

/** One text as a sparse row; the arrays are reused by the next call. */
export interface EncodedText {
  readonly indices: Int32Array
  readonly values: Float32Array
  readonly size: number
  /** Share of its word n-grams that are known, by the squares of their weights, in [0, 1]. */
  readonly knownWords: number
}

/** No inverse document frequency comes near: `ln(1 + n) + 1` of 2^53 documents is 38. Larger ones could overflow. */
const MAX_IDF = 64

/**
 * Makes the function that turns a text into the row that `weighRows` makes of it. The function throws
 * `INVALID_ARGUMENT` for a value that is no string.
 *
 * @throws LearningError `ARTEFACT_CORRUPT` where an inverse document frequency of the vocabulary is out of bounds
 */
export function createEncoder(vocabulary: Vocabulary, options: NgramOptions): (text: string) => EncodedText {
  const count = sharedCounter(options)
  const index = createHashIndex(vocabulary.hashes.length)
  for (const hash of vocabulary.hashes) index.add(hash)
  const { idf } = vocabulary
  for (let column = 0; column < idf.length; column++)
    if (!(Math.abs(idf[column]!) <= MAX_IDF))
      throw new LearningError('ARTEFACT_CORRUPT', 'an inverse document frequency is out of range')
  let indices = new Int32Array(1024)
  let values = new Float32Array(1024)
  const unknown = unknownIdf(vocabulary)

  function knownWords({ hashes, counts, words }: NgramCounts): number {
    let known = 0
    let all = 0
    for (let at = 0; at < words; at++) {
      const column = index.find(hashes[at]!)
      const square = termWeight(counts[at]!, column < 0 ? unknown : idf[column]!) ** 2
      all += square
      if (column >= 0) known += square
    }
    return all > 0 ? known / all : 0
  }

  function weighView(found: NgramCounts, from: number, to: number, start: number): number {
    let used = start
    for (let at = from; at < to; at++) {
      const column = index.find(found.hashes[at]!)
      if (column < 0) continue
      indices[used] = column
      values[used++] = termWeight(found.counts[at]!, idf[column]!)
    }
    scaleView(values, start, used)
    return used
  }

  return (text) => {
    if (typeof text !== 'string') throw new LearningError('INVALID_ARGUMENT', 'a text must be a string')
    const found = count(text)
    if (found.size > indices.length) {
      indices = new Int32Array(found.size * 2)
      values = new Float32Array(found.size * 2)
    }
    const words = weighView(found, 0, found.words, 0)
    const size = weighView(found, found.words, found.size, words)
    return { indices, values, size, knownWords: knownWords(found) }
  }
}

type Counter = (text: string) => NgramCounts

const counters = new Map<string, Counter>()

/**
 * The n-gram counter of all encoders with these options. It keeps the counts of the last text, so that the models of
 * several facets read a post once.
 */
export function sharedCounter(options: NgramOptions): Counter {
  const { maxCharacters, maxLength, maxWordLength, maxFeatures } = options
  const key = [maxCharacters, maxLength, maxWordLength, maxFeatures].join(' ')
  const known = counters.get(key)
  if (known !== undefined) return known
  const counter = rememberingLast(createNgramCounter(options))
  counters.set(key, counter)
  return counter
}

function rememberingLast(count: Counter): Counter {
  let last: string | undefined
  let found: NgramCounts | undefined
  return (text) => {
    if (found === undefined || text !== last) {
      last = undefined
      found = count(text)
      last = text
    }
    return found
  }
}
