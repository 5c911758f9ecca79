import type { TermAnalyser, Terms } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'
import { createWordRow, findSequence, sequencesOf } from './operators/word-codes.ts'
import { createRecentValues } from './recent-values.ts'

export interface Span {
  readonly start: number
  readonly end: number
}

/** A word that a query may match, as written, with the terms under which it is indexed. */
export interface Token extends Span {
  readonly word: string
  readonly terms: Terms
}

/** What of a text does not depend on the query. */
export interface ReadText {
  /** What stands between white space. */
  readonly words: readonly Span[]
  /** In order; some overlap. */
  readonly tokens: readonly Token[]
  /** The tokens, as positions in `tokens`, that have a term. */
  readonly places: ReadonlyMap<string, readonly number[]>
  /** Where a phrase stands, in order. */
  phrase(words: string): Span[]
}

/** Characters of the texts that are kept read: some thirty megabytes with what was read of them. */
const KEPT_CHARACTERS = 2_000_000

/** Reads texts, and remembers those read lately: reading costs more than all else that is done for a hit. */
export function createTextReader(analyser: TermAnalyser): (text: string, language: string) => ReadText {
  const recent = createRecentValues<{ readonly language: string; readonly read: ReadText }>(KEPT_CHARACTERS)
  return (text, language) => {
    // By the text itself, whose hash V8 keeps with the string.
    const known = recent.get(text)
    if (known?.language === language) return known.read
    const read = readText(analyser, text, language)
    recent.set(text, { language, read }, text.length)
    return read
  }
}

function readText(analyser: TermAnalyser, text: string, language: string): ReadText {
  const words: Span[] = []
  for (const { 0: word, index } of text.matchAll(/\S+/g))
    words.push({ start: index, end: index + word.length })
  const tokens: Token[] = []
  visitTokens(text, (word, start, end) =>
    tokens.push({ word, start, end, terms: analyser.terms(word, language) }),
  )
  tokens.sort((a, b) => a.start - b.start || b.end - a.end)
  const places = new Map<string, number[]>()
  for (const [at, { terms }] of tokens.entries())
    for (const term of terms) {
      const found = places.get(term)
      if (found === undefined) places.set(term, [at])
      else found.push(at)
    }
  return { words, tokens, places, phrase: createPhraseFinder(analyser, tokens, language) }
}

function createPhraseFinder(analyser: TermAnalyser, tokens: readonly Token[], language: string) {
  let row: ReturnType<typeof createWordRow> | undefined
  return (phrase: string): Span[] => {
    if (row === undefined) {
      row = createWordRow()
      for (const { word, terms, start, end } of tokens) row.add(word, terms, start, end)
      row.end()
    }
    const { codes, places } = row
    const spans: Span[] = []
    for (const sequence of sequencesOf(analyser, phrase, language))
      for (let from = 0; ; ) {
        const found = findSequence(codes, sequence.codes, from)
        if (found === undefined) break
        const [first, end] = found
        spans.push({ start: tokens[places[first]!]!.start, end: tokens[places[end - 1]!]!.end })
        from = end
      }
    return spans.sort((a, b) => a.start - b.start)
  }
}
