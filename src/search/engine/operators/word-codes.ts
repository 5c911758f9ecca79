import { fold } from '../../../text/terms/fold.ts'
import type { TermAnalyser, Terms } from '../../../text/terms/terms.ts'
import { visitTokens } from '../../../text/terms/tokens.ts'

/*
 * A text as a row of 16-bit codes, in which phrases are looked for: a hash of each word's terms, or of the word where it
 * is a stop word. Two words share a code once in 65,520 times. A compound comes as `n`, its own code, and then the `n`
 * codes of its parts, so that `e-mail`, `email` and `mail` all stand in the one place.
 */

/** Between two texts: no phrase reaches over it. */
export const TEXT_END = 0
/** A compound of more codes is its parts alone. */
const MOST_PARTS = 15
const FIRST_CODE = MOST_PARTS + 1
const CODES = 0x10000 - FIRST_CODE

/** Rows of codes, as words come in the order of {@link visitTokens}. */
export interface WordRow {
  readonly codes: number[]
  /** Of each code: which word it stands for, by number. */
  readonly places: number[]
  add(word: string, terms: Terms, start: number, end: number): void
  /** Ends a text. */
  end(): void
}

export function createWordRow(): WordRow {
  const codes: number[] = []
  const places: number[] = []
  /** Compounds whose parts still come. */
  let open: { readonly at: number; readonly end: number }[] = []
  let lastEnd = 0
  let words = 0

  function close(from: number): void {
    while (open.length > 0 && open.at(-1)!.end <= from) {
      const { at } = open.pop()!
      const parts = codes.length - at - 2
      if (parts <= MOST_PARTS) codes[at] = parts
      else for (const row of [codes, places]) row.splice(at, 2)
    }
  }

  return {
    codes,
    places,
    add(word, terms, start, end) {
      const place = words++
      const code = codeOf(word, terms)
      if (code === undefined) return
      close(start)
      if (start < lastEnd) {
        // The word before is a compound that this one is part of.
        const at = codes.length - 1
        codes.push(codes[at]!)
        places.push(places[at]!)
        open.push({ at, end: lastEnd })
      }
      codes.push(code)
      places.push(place)
      lastEnd = end
    },
    end() {
      close(Number.POSITIVE_INFINITY)
      codes.push(TEXT_END)
      places.push(-1)
      open = []
      lastEnd = 0
    },
  }
}

/** The code of a word; undefined where nothing of it is left to compare. */
function codeOf(word: string, terms: Terms): number | undefined {
  if (terms.length > 0) return FIRST_CODE + (hash(terms.join('/')) % CODES)
  const folded = fold(word)
  return folded === '' ? undefined : FIRST_CODE + (hash(`=${folded}`) % CODES)
}

/** FNV-1a, finished as MurmurHash3 does, so that the low bits of short words differ. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Words that follow each other, with their terms in one language. */
export interface Sequence {
  readonly words: readonly string[]
  readonly terms: readonly Terms[]
  readonly codes: readonly number[]
}

/** A phrase in a language: with compounds as one, and where that differs, as their parts. */
export function sequencesOf(analyser: TermAnalyser, phrase: string, language: string): Sequence[] {
  const tokens: { word: string; start: number; end: number }[] = []
  visitTokens(phrase, (word, start, end) => {
    if (fold(word) !== '') tokens.push({ word, start, end })
  })
  const isInside = (one: Span, other: Span) => one.start >= other.start && one.end <= other.end
  const outer = tokens.filter((token, at) => !tokens.slice(0, at).some((before) => isInside(token, before)))
  const parts = tokens.filter((token, at) => !tokens.slice(at + 1).some((after) => isInside(after, token)))
  const isSame = outer.length === parts.length && outer.every((token, at) => token === parts[at])
  return (isSame ? [outer] : [outer, parts]).map((some) => {
    const words = some.map(({ word }) => word)
    const terms = words.map((word) => analyser.terms(word, language))
    return { words, terms, codes: words.map((word, at) => codeOf(word, terms[at]!)!) }
  })
}

interface Span {
  readonly start: number
  readonly end: number
}

/** Where a sequence stands in a row of codes: the first `[start, end)` from there on. */
export function findSequence(
  codes: Codes,
  sequence: readonly number[],
  from: number,
): readonly [start: number, end: number] | undefined {
  const [first] = sequence
  if (first === undefined) return undefined
  for (let at = codes.indexOf(first, from); at >= 0; at = codes.indexOf(first, at + 1)) {
    // The code of a compound comes after how many codes its parts have.
    const start = at > from && isCount(codes[at - 1]!) ? at - 1 : at
    const end = endOf(codes, sequence, 0, start)
    if (end !== undefined) return [start, end]
  }
  return undefined
}

type Codes = ArrayLike<number> & { indexOf(code: number, from?: number): number }

function isCount(code: number): boolean {
  return code !== TEXT_END && code < FIRST_CODE
}

/** Where the sequence ends that goes on with its word `word` at `at`. */
function endOf(
  codes: ArrayLike<number>,
  sequence: readonly number[],
  word: number,
  at: number,
): number | undefined {
  while (at < codes.length) {
    const code = codes[at]!
    if (isCount(code)) {
      if (codes[at + 1] === sequence[word]) {
        const after = at + 2 + code
        const end = word + 1 === sequence.length ? after : endOf(codes, sequence, word + 1, after)
        if (end !== undefined) return end
      }
      at += 2
      continue
    }
    if (code !== sequence[word]) return undefined
    if (++word === sequence.length) return at + 1
    at++
  }
  return undefined
}
