import { fold } from '../../text/terms/fold.ts'
import { STOP_WORDS, type StemLanguage, stem } from '../../text/terms/stems.ts'
import { stemLanguage, type TermAnalyser, type Terms } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'
import type { Synonym } from './synonyms/synonym-table.ts'

/**
 * One word asked for. Its terms are readings of that same word (French, English), so a document is scored by the one
 * that fits it best and never twice.
 */
export interface QueryGroup {
  readonly terms: Terms
  /** The word, folded, where it may be corrected. */
  readonly word?: string
  /** What else stands for the word, because nothing that the reader may see holds it as it is written. */
  readonly corrections?: readonly WeightedTerm[]
  /** What stands for the word; set, if only to none, where the word is in the table of synonyms. */
  readonly synonyms?: readonly Synonym[]
  /** Set while the word is still being typed. */
  readonly unfinished?: UnfinishedWord
}

export interface WeightedTerm {
  readonly term: string
  /** What an occurrence counts for, beside 1 for the word itself. */
  readonly weight: number
}

export interface UnfinishedWord {
  /** What is typed so far, folded: any term that starts so matches. */
  readonly prefix: string
  /** Stems of what it may become that are shorter than what is typed: `facturati` → `factur`. */
  readonly stems: Terms
}

export interface QueryAnalysis {
  readonly groups: readonly QueryGroup[]
  /** The languages in which its words are read. */
  readonly readings: readonly StemLanguage[]
}

interface QueryOptions {
  /** Language that the query is written in; when it is neither French nor English, or unknown, both are tried. */
  readonly language?: string | undefined
  /** As-you-type: a last word with nothing after it may go on. */
  readonly prefix?: boolean | undefined
}

interface QueryWord {
  readonly word: string
  readonly folded: string
  readonly unfinished: boolean
}

/** Queries are short; what comes beyond (a pasted log) is left out rather than paid for. */
const MOST_WORDS = 64
const LONGEST_QUERY = 4_000

/** Common endings of which the stemmers take something off. */
export const ENDINGS = (
  'able age ait al ance ant ation e ee el ement ence er es et eur euse ie ier if ion ique isme issement iste it ite ' +
  'ive ful ing ism ity ize ly ment ness ous'
).split(' ')

export function analyseQuery(
  analyser: TermAnalyser,
  text: string,
  options: QueryOptions = {},
): QueryAnalysis {
  const words = wordsOf(text.slice(0, LONGEST_QUERY), options.prefix === true)
  const language = stemLanguage(options.language ?? '')
  const readings: readonly StemLanguage[] = language ? [language] : ['fr', 'en']
  const isStopWord = language ? (folded: string) => STOP_WORDS[language].has(folded) : stopWordsOf(words)

  const groupOf = (terms: Terms, { folded, unfinished }: QueryWord): QueryGroup =>
    unfinished
      ? { terms, unfinished: { prefix: folded, stems: stemsAhead(folded, readings) } }
      : { terms, word: folded }

  const groups: QueryGroup[] = []
  for (const word of words) {
    if (isStopWord(word.folded)) continue
    const terms = distinct(readings.flatMap((reading) => analyser.terms(word.word, reading)))
    if (terms.length > 0) groups.push(groupOf(terms, word))
  }
  // A query of nothing but stop words (`car`, `to be`) is taken at its word.
  if (groups.length === 0) {
    for (const word of words) {
      groups.push(groupOf(distinct([stem(word.folded, 'fr'), stem(word.folded, 'en')]), word))
    }
  }
  return { groups: withoutRepeats(groups), readings }
}

/** Finishes the word with each ending it may have begun, and keeps the stems that it has outgrown. */
function stemsAhead(prefix: string, readings: readonly StemLanguage[]): Terms {
  const finished: string[] = []
  for (const ending of ENDINGS) {
    for (let begun = 1; begun < ending.length; begun++) {
      if (prefix.endsWith(ending.slice(0, begun))) finished.push(prefix + ending.slice(begun))
    }
  }
  const stems = readings.flatMap((reading) => finished.map((word) => stem(word, reading)))
  return distinct(stems.filter((candidate) => candidate.length > 1 && !candidate.startsWith(prefix)))
}

function wordsOf(text: string, prefix: boolean): QueryWord[] {
  const words: QueryWord[] = []
  visitTokens(text, (word, _start, end) => {
    const folded = fold(word)
    if (folded !== '' && words.length < MOST_WORDS) {
      words.push({ word, folded, unfinished: prefix && end === text.length && folded.length > 1 })
    }
  })
  return words
}

/**
 * Stop words of a query in an unknown language: those of the language whose stop words it holds most of, so that `on`
 * goes from a French question, `car` stays in an English one, and `the` never meets the French `thé`. On a tie, both.
 */
function stopWordsOf(words: readonly QueryWord[]): (folded: string) => boolean {
  const count = (language: 'fr' | 'en') =>
    words.filter(({ folded }) => STOP_WORDS[language].has(folded)).length
  const lead = count('fr') - count('en')
  if (lead > 0) return (folded) => STOP_WORDS.fr.has(folded)
  if (lead < 0) return (folded) => STOP_WORDS.en.has(folded)
  return (folded) => STOP_WORDS.fr.has(folded) || STOP_WORDS.en.has(folded)
}

function distinct(terms: Terms): Terms {
  return [...new Set(terms)]
}

function withoutRepeats(groups: readonly QueryGroup[]): QueryGroup[] {
  const byKey = new Map(
    groups.map((group) => [`${group.terms.join(' ')}|${group.unfinished?.prefix ?? ''}`, group]),
  )
  return [...byKey.values()]
}
