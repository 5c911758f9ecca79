import { createNgramCounter, type NgramCounts, type NgramOptions } from '../text/ngrams.ts'
import { LearningError } from './errors.ts'
import { createHashIndex } from './hash-index.ts'
import { scaleView, termWeight } from './term-weights.ts'
import type { Vocabulary } from './vectorizer.ts'

/** One text as a sparse row; the arrays are reused by the next call. */
export interface EncodedText {
  readonly indices: Int32Array
  readonly values: Float32Array
  readonly size: number
}

/**
 * Makes the function that turns a text into the row that `weighRows` would have made of it. What is no string is refused:
 * `INVALID_ARGUMENT`.
 */
export function createEncoder(vocabulary: Vocabulary, options: NgramOptions): (text: string) => EncodedText {
  const count = createNgramCounter(options)
  const index = createHashIndex(vocabulary.hashes.length)
  for (const hash of vocabulary.hashes) index.add(hash)
  const { idf } = vocabulary
  let indices = new Int32Array(1024)
  let values = new Float32Array(1024)

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
    if (typeof text !== 'string') throw new LearningError('INVALID_ARGUMENT', 'a text is a string')
    const found = count(text)
    if (found.size > indices.length) {
      indices = new Int32Array(found.size * 2)
      values = new Float32Array(found.size * 2)
    }
    const words = weighView(found, 0, found.words, 0)
    return { indices, values, size: weighView(found, found.words, found.size, words) }
  }
}
