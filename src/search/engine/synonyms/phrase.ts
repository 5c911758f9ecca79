import type { PostingRun } from '../../../text/sparse-index/sparse-index.ts'
import { type FieldNorms, normalisedFrequency } from '../bm25f.ts'
import type { Columns } from '../document-table.ts'

/** What a posting needs to be seen and weighed. */
export interface View extends Columns, FieldNorms {
  /** Documents below this openness are left out. */
  readonly floor: number
}

/** Room to find the documents that hold all words of a phrase; by document number. */
export interface Phrase {
  /** How many of the words so far the document holds. */
  readonly words: Uint8Array
  /** The lowest normalised frequency of those. */
  readonly least: Float64Array
  /** Documents that hold the first, `touched[0 … count)`. */
  readonly touched: Uint32Array
  count: number
}

export function createPhrase(documents: number): Phrase {
  return {
    words: new Uint8Array(documents),
    least: new Float64Array(documents),
    touched: new Uint32Array(documents),
    count: 0,
  }
}

/** Goes through the postings of a word of the phrase, the one at `at`: those who hold all before it go on. */
export function narrowPhrase(
  { docs, payloads, from, to }: PostingRun,
  at: number,
  view: View,
  phrase: Phrase,
): void {
  const { openness, lengths, constant, slope, floor } = view
  const { words, least, touched } = phrase
  for (let i = from; i < to; i++) {
    const doc = docs[i]!
    if (words[doc] !== at || openness[doc]! < floor) continue
    const frequency = normalisedFrequency(payloads[i]!, doc, lengths, constant, slope)
    words[doc] = at + 1
    if (at === 0) touched[phrase.count++] = doc
    if (at === 0 || frequency < least[doc]!) least[doc] = frequency
  }
}

/** Hands out the documents that hold all words, with their frequencies, and empties the room. */
export function takePhrase(
  phrase: Phrase,
  length: number,
  take: (doc: number, frequency: number) => void,
): void {
  const { words, least, touched, count } = phrase
  for (let i = 0; i < count; i++) {
    const doc = touched[i]!
    if (words[doc] === length) take(doc, least[doc]!)
    words[doc] = 0
  }
  phrase.count = 0
}
