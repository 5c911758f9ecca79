import {
  BIGRAM_SEED,
  CHARACTER_SEED,
  createCharacterClasses,
  finish,
  SPACE,
  step,
  WORD_SEED,
} from './ngram-characters.ts'
import type { NgramOptions } from './ngrams.ts'

/**
 * What n-grams are taken of: the text, cut at `maxLength`, in its compatibility form and lower case. The counter has
 * this line of its own, since a call of it showed in its speed; a test holds the two together.
 */
export function normalise(text: string, maxLength: number): string {
  return text.slice(0, maxLength).normalize('NFKC').toLowerCase()
}

/** A normalised text, and for each of its code units the range of the text as given that it came from. */
interface AlignedText {
  readonly normal: string
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/**
 * Code points that may join with what stands before them when a text is composed: marks, vowels and finals of
 * Hangul in all their forms, and the voicing marks of half-width Katakana.
 */
const JOINING = /[\p{M}\u1160-\u11FF\u3131-\u318E\uFF9E\uFF9F\uFFA0-\uFFDC]/u
/** ASCII never joins with what stands before it. */
const ASCII = 128

/** From the finest way of cutting to none at all: a cut before a code point, or not. */
const CUTS: readonly ((character: string) => boolean)[] = [
  (character) => character.charCodeAt(0) < ASCII || !JOINING.test(character),
  (character) => character.charCodeAt(0) < ASCII,
  () => false,
]

/**
 * Normalises a text as n-grams are taken of it, and returns where each code unit came from. Composition is by pieces
 * that do not reach into one another; a text whose pieces do after all (in a later Unicode than was thought of) is
 * cut more coarsely, so that the answer is always right, if sometimes vague.
 */
export function alignNormal(text: string, maxLength: number): AlignedText {
  const normal = normalise(text, maxLength)
  const read = text.slice(0, maxLength)
  const expected = foldSigma(normal)
  for (const cut of CUTS) {
    const pieces = piecesOf(read, cut)
    if (foldSigma(pieces.map(({ form }) => form).join('')) === expected) return align(normal, pieces)
  }
  return align(normal, [{ start: 0, end: read.length, form: normal }])
}

interface Piece {
  readonly start: number
  readonly end: number
  readonly form: string
}

function piecesOf(text: string, cut: (character: string) => boolean): Piece[] {
  const pieces: Piece[] = []
  let start = 0
  let at = 0
  const close = () => {
    if (at > start) pieces.push({ start, end: at, form: normalise(text.slice(start, at), at - start) })
    start = at
  }
  for (const character of text) {
    if (cut(character)) close()
    at += character.length
  }
  close()
  return pieces
}

/** A capital sigma in lower case depends on its neighbours, and nothing else does. */
function foldSigma(text: string): string {
  return text.replaceAll('ς', 'σ')
}

function align(normal: string, pieces: readonly Piece[]): AlignedText {
  const starts = new Int32Array(normal.length)
  const ends = new Int32Array(normal.length)
  let at = 0
  for (const { start, end, form } of pieces) {
    starts.fill(start, at, at + form.length)
    ends.fill(end, at, at + form.length)
    at += form.length
  }
  return { normal, starts, ends }
}

/** Pads a word on either side, as in the counter. */
const BOUNDARY = 32

/** A word of a text as given; UTF-16 offsets, `end` exclusive. */
export interface WordPlace {
  readonly start: number
  readonly end: number
}

/**
 * One occurrence of an n-gram, or for a pair of words one side of it.
 *
 * @param word its place in the list of words
 * @param share of the occurrence that lies in that word, by characters; 1 but for pairs
 */
type NgramVisitor = (hash: number, word: number, share: number) => void

interface Word {
  readonly from: number
  readonly to: number
}

/**
 * Visits each occurrence of the n-grams that `createNgramCounter` counts (before it leaves any out for being too
 * many), and returns the words they stand in. Words may overlap where one character stands for several: ½ is
 * `1`, `⁄` and `2`. A test holds the two to each other; the counter itself knows no places, because it is what
 * training and serving spend their time in.
 */
export function visitNgrams(text: string, options: NgramOptions, visit: NgramVisitor): WordPlace[] {
  const { normal, starts, ends } = alignNormal(text, options.maxLength)
  const words = wordsOf(normal.slice(0, options.maxLength))
  visitWords(normal, words, visit)
  visitCharacters(normal, words, options, visit)
  return words.map(({ from, to }) => ({ start: starts[from]!, end: ends[to - 1]! }))
}

/** Runs of code units of one class, spaces left out. */
function wordsOf(normal: string): Word[] {
  const classOf = createCharacterClasses()
  const words: Word[] = []
  let at = 0
  while (at < normal.length) {
    const from = at
    const kind = classOf(normal.charCodeAt(at++))
    while (at < normal.length && classOf(normal.charCodeAt(at)) === kind) at++
    if (kind !== SPACE) words.push({ from, to: at })
  }
  return words
}

function visitWords(normal: string, words: readonly Word[], visit: NgramVisitor): void {
  let previous = 0
  words.forEach(({ from, to }, word) => {
    let hash = WORD_SEED
    for (let at = from; at < to; at++) hash = step(hash, normal.charCodeAt(at))
    visit(finish(hash), word, 1)
    const before = words[word - 1]
    if (before !== undefined) {
      const pair = finish(step(step(BIGRAM_SEED ^ previous, hash & 0xffff), hash >>> 16))
      const own = (to - from) / (to - from + before.to - before.from)
      visit(pair, word - 1, 1 - own)
      visit(pair, word, own)
    }
    previous = Math.imul(hash, 0x9e3779b1)
  })
}

function visitCharacters(
  normal: string,
  words: readonly Word[],
  { maxCharacters, maxWordLength }: NgramOptions,
  visit: NgramVisitor,
): void {
  words.forEach(({ from, to }, word) => {
    const length = Math.min(to - from, maxWordLength)
    const codeAt = (at: number) => (at === 0 || at > length ? BOUNDARY : normal.charCodeAt(from + at - 1))
    for (let first = 0; first <= length; first++) {
      let hash = step(CHARACTER_SEED, codeAt(first))
      const stop = Math.min(first + maxCharacters, length + 2)
      for (let at = first + 1; at < stop; at++) {
        hash = step(hash, codeAt(at))
        visit(finish(hash), word, 1)
      }
    }
  })
}
