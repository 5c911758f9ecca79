import { fold } from '../../text/terms/fold.ts'
import { STOP_WORDS, type StemLanguage, stem } from '../../text/terms/stems.ts'
import { stemLanguage, type TermAnalyser, type Terms } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'
import type { Literal } from './operators/read-query.ts'
import type { Synonym } from './synonyms/synonym-table.ts'

/**
 * One word asked for. Its terms are readings of that same word (French, English), so a document is scored by the one
 * that fits it best and never twice.
 */
export interface QueryGroup {
  readonly terms: Terms
  /** The word, folded, where something else may stand for it. */
  readonly word?: string
  /** Set where it was asked for as part of a phrase alone. */
  readonly inPhrase?: true
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
  /** What is to stand in a text as it is, of several words. */
  readonly phrases?: readonly string[]
}

interface QueryOptions {
  /** Language that the query is written in; when it is neither French nor English, or unknown, both are tried. */
  readonly language?: string | undefined
  /** As-you-type: a last word with nothing after it may go on. */
  readonly prefix?: boolean | undefined
  /** What of it is meant as it is written. */
  readonly literal?: readonly Literal[] | undefined
}

interface QueryWord {
  readonly word: string
  readonly folded: string
  readonly unfinished: boolean
  readonly literal: Literal | undefined
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
  const { literal = [] } = options
  const words = wordsOf(text.slice(0, LONGEST_QUERY), options.prefix === true, literal)
  const language = stemLanguage(options.language ?? '')
  const readings: readonly StemLanguage[] = language ? [language] : ['fr', 'en']
  const isStopWord = language ? (folded: string) => STOP_WORDS[language].has(folded) : stopWordsOf(words)

  const groupOf = (terms: Terms, { folded, unfinished, literal: within }: QueryWord): QueryGroup => {
    if (within !== undefined) return within.isPhrase ? { terms, inPhrase: true } : { terms }
    return unfinished
      ? { terms, unfinished: { prefix: folded, stems: stemsAhead(folded, readings) } }
      : { terms, word: folded }
  }

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
  const phrases = literal.flatMap(({ isPhrase, start, end }) => (isPhrase ? [text.slice(start, end)] : []))
  return { groups: withoutRepeats(groups), readings, phrases: phrases.length > 0 ? phrases : undefined }
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

function wordsOf(text: string, prefix: boolean, literal: readonly Literal[]): QueryWord[] {
  const words: QueryWord[] = []
  visitTokens(text, (word, start, end) => {
    const folded = fold(word)
    if (folded !== '' && words.length < MOST_WORDS) {
      words.push({
        word,
        folded,
        unfinished: prefix && end === text.length && folded.length > 1,
        literal: literal.find((each) => each.start <= start && end <= each.end),
      })
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
  const byKey = new Map<string, QueryGroup>()
  for (const group of groups) {
    const key = `${group.terms.join(' ')}|${group.unfinished?.prefix ?? ''}`
    const before = byKey.get(key)
    // A word that is asked for literally, too, is found as it is written, wherever it stands.
    byKey.set(
      key,
      before === undefined || before.inPhrase === group.inPhrase ? group : { terms: group.terms },
    )
  }
  return [...byKey.values()]
}
