import { fold } from '../../../text/terms/fold.ts'
import { STOP_WORDS } from '../../../text/terms/stems.ts'
import { visitTokens } from '../../../text/terms/tokens.ts'
import type { Span } from '../read-text.ts'

/** A part of a query that is meant as it is written: nothing else stands for its words. */
export interface Literal extends Span {
  /** Whether its words are to stand next to each other, wherever that is. */
  readonly isPhrase: boolean
}

/** Words that stand next to each other, in this order. */
export interface Phrase {
  /** As written. */
  readonly words: string
  /** Whether they have to stand in the title. */
  readonly inTitle: boolean
}

/** What the operators of a query ask of a document. */
export interface Conditions {
  /** It holds all of these. */
  readonly holds: readonly Phrase[]
  /** It holds none of these. */
  readonly lacks: readonly Phrase[]
  /** It is in one of these languages, by their primary subtag; in any, where there is none. */
  readonly languages: readonly string[]
  readonly withoutLanguages: readonly string[]
  /** It is from one of these sources, folded; from any, where there is none. */
  readonly sources: readonly string[]
  readonly withoutSources: readonly string[]
}

export interface ReadQuery {
  /** What ranks: the query without what its operators exclude or filter by. Phrases stay, with their quotation marks. */
  readonly text: string
  /** Parts of `text`, in order. */
  readonly literal: readonly Literal[]
  readonly conditions: Conditions
}

/** Characters that are read, as many as of a query without operators. */
const LONGEST_QUERY = 4_000
/** Operators that are obeyed; those beyond are words. */
const MOST_OPERATORS = 12
const LONGEST_PHRASE = 200

const NO_CONDITIONS: Conditions = {
  holds: [],
  lacks: [],
  languages: [],
  withoutLanguages: [],
  sources: [],
  withoutSources: [],
}

const QUOTED = [
  ['"', '"'],
  ['“', '”"'],
  ['„', '“”'],
  ['«', '»'],
  ['‹', '›'],
].map(([open, close]) => `${open}([^${close}]{1,${LONGEST_PHRASE}})[${close}]`)
/** `-`, `name:`, and a quoted or a single value, where a word may begin. */
const PIECE = new RegExp(
  String.raw`(?<![^\s(\[])([-−]?)(?:(\p{L}{1,12}):)?(?:(?:${QUOTED.join('|')})(?![\p{L}\p{N}])|([^\s"“„«‹([][^\s"“„«‹]*))`,
  'gu',
)

/** What ends a sentence or a list ends no name. */
const CLOSING = /[,;:!?)\].…]+$/u

type Operator = 'title' | 'source' | 'language'
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['title', 'title'],
  ['titre', 'title'],
  ['source', 'source'],
  ['lang', 'language'],
  ['langue', 'language'],
  ['language', 'language'],
])

const LANGUAGE = /^([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*$/
const LANGUAGE_NAMES: ReadonlyMap<string, string> = new Map([
  ['francais', 'fr'],
  ['french', 'fr'],
  ['anglais', 'en'],
  ['english', 'en'],
])

/**
 * Reads the operators of a query: `"…"`, `-word`, `title:word`, `source:name`, `lang:fr`, each with `-` before it or a
 * quoted value, in French too (`« … »`, `titre:`, `langue:`). What is none, or is written wrong, stays as words.
 */
export function readQuery(query: string): ReadQuery {
  const asked = query.slice(0, LONGEST_QUERY)
  const conditions = mutable()
  const literal: Literal[] = []
  let text = ''
  let done = 0
  let obeyed = 0
  for (const piece of asked.matchAll(PIECE)) {
    if (obeyed === MOST_OPERATORS) break
    const [whole, minus = '', name = ''] = piece
    const quoted = piece.slice(3, 3 + QUOTED.length).find((each) => each !== undefined)
    const value = quoted ?? (piece[3 + QUOTED.length] ?? '').replace(CLOSING, '')
    const isNegated = minus !== ''
    const operator = OPERATORS.get(name.toLowerCase())
    const isPlain = name !== '' ? operator === undefined : quoted === undefined && !isNegated
    if (isPlain || !obey(conditions, { operator, isNegated, isQuoted: quoted !== undefined, value })) continue
    obeyed++
    text += asked.slice(done, piece.index)
    done = piece.index + whole.length
    if (!isNegated && (operator === undefined || operator === 'title')) {
      const written = whole.slice(name === '' ? 0 : name.length + 1)
      const start = text.length + written.indexOf(value)
      text += written
      literal.push({ start, end: start + value.length, isPhrase: operator === undefined })
    }
  }
  if (obeyed === 0) return { text: query, literal: [], conditions: NO_CONDITIONS }
  return { text: text + asked.slice(done), literal, conditions }
}

/** Whether operators exclude something, or keep to a source. */
export function takesAway({ lacks, sources, withoutSources, withoutLanguages }: Conditions): boolean {
  return [lacks, sources, withoutSources, withoutLanguages].some((list) => list.length > 0)
}

/** The query with its phrases as mere words. */
export function withoutPhrases({ text, conditions }: ReadQuery): ReadQuery {
  return { text, literal: [], conditions: { ...conditions, holds: [] } }
}

/** What operators ask for as if they took nothing away: what remains decides how well anything fits. */
export function withoutExclusions({ holds, languages }: Conditions): Conditions {
  return { ...NO_CONDITIONS, holds, languages }
}

interface Written {
  readonly operator: Operator | undefined
  readonly isNegated: boolean
  readonly isQuoted: boolean
  readonly value: string
}

type Mutable = { [Name in keyof Conditions]: Conditions[Name][number][] }

function mutable(): Mutable {
  return { holds: [], lacks: [], languages: [], withoutLanguages: [], sources: [], withoutSources: [] }
}

/** Notes what an operator asks for. @returns false where it is none: then it stays as words */
function obey(conditions: Mutable, { operator, isNegated, isQuoted, value }: Written): boolean {
  if (operator === 'language') {
    const language = languageOf(value)
    if (language === undefined) return false
    ;(isNegated ? conditions.withoutLanguages : conditions.languages).push(language)
    return true
  }
  if (operator === 'source') {
    const source = fold(value)
    if (source === '') return false
    ;(isNegated ? conditions.withoutSources : conditions.sources).push(source)
    return true
  }
  if (!hasWord(value)) return false
  // A list's dash or a negative number is no operator, nor is one before a word that nobody searches for.
  if (isNegated && !isQuoted && operator === undefined && !isWorthExcluding(value)) return false
  const phrase = { words: value, inTitle: operator === 'title' }
  ;(isNegated ? conditions.lacks : conditions.holds).push(phrase)
  return true
}

function languageOf(value: string): string | undefined {
  const written = value.trim().toLowerCase()
  return LANGUAGE_NAMES.get(fold(written)) ?? LANGUAGE.exec(written)?.[1]
}

function hasWord(text: string): boolean {
  let found = false
  visitTokens(text, (word) => {
    if (fold(word) !== '') found = true
  })
  return found
}

function isWorthExcluding(value: string): boolean {
  const folded = fold(value)
  return /^[\p{L}\p{N}]/u.test(value) && /\p{L}/u.test(value) && !isStopWord(folded)
}

function isStopWord(folded: string): boolean {
  return STOP_WORDS.fr.has(folded) || STOP_WORDS.en.has(folded)
}
