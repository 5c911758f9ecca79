import {
  BIGRAM_SEED,
  CHARACTER_SEED,
  createCharacterClasses,
  finish,
  SPACE,
  step,
  WORD_SEED,
} from './ngram-characters.ts'

import { createNgramTally, type NgramCounts } from './ngram-tally.ts'

export type { NgramCounts }

export interface NgramOptions {
  /** Longest character n-gram; the shortest has two characters. */
  readonly maxCharacters: number
  /** Code units of a text that are read; the rest is ignored. */
  readonly maxLength: number
  /** Code units of one word that are read for character n-grams. */
  readonly maxWordLength: number
  /** Distinct n-grams kept of one text: of words first, and those with the lowest hashes, so that texts agree. */
  readonly maxFeatures: number
}

export const defaultNgramOptions: NgramOptions = {
  maxCharacters: 5,
  maxLength: 20_000,
  maxWordLength: 256,
  maxFeatures: 4096,
}

const BOUNDARY = 32

/**
 * Makes a counter of word 1–2-grams and of character 2–5-grams within word boundaries (scikit-learn's `char_wb`:
 * each word is padded with a space on either side). Text is NFKC-normalised and lower-cased; accents are kept.
 * Runs of symbols (punctuation, emoji) are words of their own. Never throws, whatever the text.
 */
export function createNgramCounter(
  options: NgramOptions = defaultNgramOptions,
): (text: string) => NgramCounts {
  const classOf = createCharacterClasses()
  const tally = createNgramTally(options.maxFeatures)
  let codes = new Uint16Array(1024)
  let starts = new Int32Array(256)
  let ends = new Int32Array(256)

  /** Splits `codes` into words: runs of one class, spaces left out. */
  function split(length: number): number {
    let words = 0
    let at = 0
    while (at < length) {
      const kind = classOf(codes[at]!)
      const start = at++
      if (kind === SPACE) continue
      while (at < length && classOf(codes[at]!) === kind) at++
      if (words === starts.length) {
        starts = grown(starts, words)
        ends = grown(ends, words)
      }
      starts[words] = start
      ends[words++] = at
    }
    return words
  }

  function countWords(words: number): void {
    let previous = 0
    for (let word = 0; word < words; word++) {
      const end = ends[word]!
      let hash = WORD_SEED
      for (let at = starts[word]!; at < end; at++) hash = step(hash, codes[at]!)
      tally.add(finish(hash))
      if (word > 0) tally.add(finish(step(step(BIGRAM_SEED ^ previous, hash & 0xffff), hash >>> 16)))
      previous = Math.imul(hash, 0x9e3779b1)
    }
  }

  function countCharacters(words: number): void {
    const longest = options.maxCharacters
    for (let word = 0; word < words; word++) {
      const start = starts[word]!
      const length = Math.min(ends[word]! - start, options.maxWordLength)
      // Position 0 and length + 1 are the padding.
      for (let from = 0; from <= length; from++) {
        let hash = step(CHARACTER_SEED, from === 0 ? BOUNDARY : codes[start + from - 1]!)
        const stop = Math.min(from + longest, length + 2)
        for (let at = from + 1; at < stop; at++) {
          hash = step(hash, at > length ? BOUNDARY : codes[start + at - 1]!)
          tally.add(finish(hash))
        }
      }
    }
  }

  return (text) => {
    const normal = text.slice(0, options.maxLength).normalize('NFKC').toLowerCase()
    const length = Math.min(normal.length, options.maxLength)
    if (length > codes.length) codes = new Uint16Array(length * 2)
    for (let at = 0; at < length; at++) codes[at] = normal.charCodeAt(at)
    const words = split(length)
    tally.reset()
    countWords(words)
    tally.endView()
    countCharacters(words)
    return tally.finish()
  }
}

function grown(array: Int32Array<ArrayBuffer>, used: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(used * 2)
  larger.set(array)
  return larger
}
