import { fold } from './fold.ts'
import { STOP_WORDS, type StemLanguage, stem } from './stems.ts'

import { type TokenVisitor, visitTokens } from './tokens.ts'

/** The terms under which one word is indexed; empty for a stop word. */
export type Terms = readonly string[]

export interface TermAnalyser {
  /**
   * Terms of one word (a token as written) of a text in `language`. French and English give one stem; any other
   * language, `und` included, gives both stems where they differ, so that such a text is found from either.
   */
  terms(word: string, language: string): Terms
  /** Visits a text's words with their terms; stop words are passed over. */
  visit(text: string, language: string, visit: (terms: Terms, ...span: SpanOf<TokenVisitor>) => void): void
}

type SpanOf<V> = V extends (word: string, ...span: infer Span) => void ? Span : never

const NONE: Terms = []

/** True for `fr`, `fr-CA`, `en` …: a language with a stemmer of its own. */
export function stemLanguage(language: string): StemLanguage | undefined {
  const primary = language.slice(0, 2).toLowerCase()
  if (language.length > 2 && language[2] !== '-' && language[2] !== '_') return undefined
  return primary === 'fr' || primary === 'en' ? primary : undefined
}

/**
 * Words to terms, remembering what it has stemmed: stemming costs some microseconds a word, and a community's words
 * repeat.
 *
 * @param options.cachedWords words kept a language before the memory starts afresh (default 100,000)
 */
export function createTermAnalyser(options: { cachedWords?: number } = {}): TermAnalyser {
  const limit = options.cachedWords ?? 100_000
  const readings = {
    en: remember((word) => inLanguage(fold(word), 'en'), limit),
    fr: remember((word) => inLanguage(fold(word), 'fr'), limit),
    either: remember((word) => inEither(fold(word)), limit),
  }
  const readingIn = (language: string) => readings[stemLanguage(language) ?? 'either']

  return {
    terms: (word, language) => readingIn(language)(word),
    visit(text, language, visit) {
      const termsOf = readingIn(language)
      visitTokens(text, (word, start, end) => {
        const terms = termsOf(word)
        if (terms.length > 0) visit(terms, start, end)
      })
    },
  }
}

function remember(read: (word: string) => Terms, limit: number): (word: string) => Terms {
  const known = new Map<string, Terms>()
  return (word) => {
    const found = known.get(word)
    if (found !== undefined) return found
    const apart = detached(word)
    const terms = read(apart)
    if (known.size >= limit) known.clear()
    known.set(apart, terms)
    return terms
  }
}

/** A copy of its own: V8 cuts words as views of the text they stand in, and what keeps such a word keeps the text. */
function detached(word: string): string {
  return ` ${word}`.slice(1)
}

function inLanguage(folded: string, language: StemLanguage): Terms {
  return folded === '' || STOP_WORDS[language].has(folded) ? NONE : [stem(folded, language)]
}

function inEither(folded: string): Terms {
  if (folded === '' || (STOP_WORDS.fr.has(folded) && STOP_WORDS.en.has(folded))) return NONE
  const french = stem(folded, 'fr')
  const english = stem(folded, 'en')
  return french === english ? [french] : [french, english]
}

const LETTER = /\p{L}/u

/**
 * Visits the words that may show a text's subject: folded, without plural ending, so that a name is the same
 * term in every language (stems are not: of `Lumora` English keeps `lumora` and French `lumor`). Stop words of its
 * language (of French and English where it is neither) are passed over, as is what has no letter (years, amounts).
 *
 * @param language ISO 639-1, such as `fr` or `fr-CA`
 * @param visit gets the term and where it stands, in UTF-16 units
 */
export function visitLightTerms(
  text: string,
  language: string,
  visit: (term: string, start: number, end: number) => void,
): void {
  const primary = language.slice(0, 2)
  const stops = primary === 'fr' || primary === 'en' ? [STOP_WORDS[primary]] : [STOP_WORDS.fr, STOP_WORDS.en]
  visitTokens(text, (word, start, end) => {
    const folded = fold(word)
    if (folded.length < 2 || !LETTER.test(folded) || stops.some((words) => words.has(folded))) return
    visit(withoutPlural(folded), start, end)
  })
}

/** French and English both write it `s`, French now and then `x`; `ss` is none. */
function withoutPlural(word: string): string {
  return word.length > 3 && !word.endsWith('ss') ? word.replace(/[sx]$/, '') : word
}
