import { fold } from '../../text/terms/fold.ts'
import { ELISIONS } from '../../text/terms/tokens.ts'

/** A word as people read it, in lower case, with the elision that stands before it. */
export interface WrittenWord {
  /** Without the elision. */
  readonly text: string
  /** With a typographic apostrophe: `l’`; empty where there is none. */
  readonly elision: string
  /** Offsets of the word without its elision, in UTF-16 units; `end` is exclusive. */
  readonly start: number
  readonly end: number
  /** Whether nothing but space stands between it and the word before. */
  readonly follows: boolean
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-‐‑_.'’ʼ&+][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu
const APOSTROPHES = /['ʼ]/g
/** Longer ones are blobs; so many digits are somebody's number. */
const LONGEST = 40
const NUMBER = /(?:\p{N}[-‐‑_.]?){5}/u

/**
 * The words of a text in their order, as they are written but for their case. Numbers of five digits and more are left out:
 * they are telephones, orders and customers.
 */
export function writtenWords(text: string): WrittenWord[] {
  const words: WrittenWord[] = []
  let done = 0
  let isBroken = true
  for (const match of text.matchAll(WORD)) {
    const between = text.slice(done, match.index)
    const end = match.index + match[0].length
    done = end
    const elided = elisionOf(match[0])
    const word = match[0].slice(elided).toLowerCase().replace(APOSTROPHES, '’')
    const follows = !isBroken && between.trim() === ''
    isBroken = word.length > LONGEST || NUMBER.test(word)
    if (isBroken) continue
    words.push({
      text: word,
      elision: elided === 0 ? '' : `${match[0].slice(0, elided - 1).toLowerCase()}’`,
      start: match.index + elided,
      end,
      follows,
    })
  }
  return words
}

/** Characters of the elision that a word begins with, its apostrophe included. */
function elisionOf(word: string): number {
  const at = word.search(/['’ʼ]/)
  return at > 0 && at < word.length - 1 && ELISIONS.has(word.slice(0, at).toLowerCase()) ? at + 1 : 0
}

/** An elision at the end of what is typed, after which a word is expected: `l'`. */
export function openElision(text: string): string {
  const [, before = ''] = /(?:^|[^\p{L}\p{N}])(\p{L}{1,7})['’ʼ]$/u.exec(text) ?? []
  return ELISIONS.has(before.toLowerCase()) ? `${before.toLowerCase()}’` : ''
}

/** By which texts are the same to a reader: the letters of their words, without accents and case. */
export function sameWords(text: string): string {
  return writtenWords(text)
    .map((word) => fold(word.elision) + fold(word.text))
    .join(' ')
}

/** A word without the ending of the plural, folded: of a word and its plural, one is enough. */
export function singularOf(folded: string): string {
  return folded.length > 3 && !folded.endsWith('ss') ? folded.replace(/[sx]$/, '') : folded
}
