import { STOP_WORDS, type StemLanguage, stem } from '../../../text/terms/stems.ts'
import { ENDINGS, type QueryAnalysis, type QueryGroup, type WeightedTerm } from '../analyse-query.ts'
import { editDistance } from './edit-distance.ts'

/** The words that a reader may be corrected to. */
export interface Vocabulary {
  /** Terms that so many edits may make of a word, and some others. */
  near(word: string, edits: number): readonly string[]
  /** Documents the reader may see that hold a term; what he may not see corrects nothing. */
  frequency(term: string): number
  /** Whether there is one. */
  isKnown(term: string): boolean
}

/** Shorter words have too many neighbours. */
const SHORTEST = 4
/** From this length on a word may hold two mistakes. */
const SHORTEST_OF_TWO_EDITS = 8
/** Words of a query that are corrected: looking for neighbours goes through all terms. */
const MOST_WORDS = 3
/** Neighbours that stand for a word together: which one was meant, the other words tell. */
const MOST_NEIGHBOURS = 3
const NEIGHBOUR_WEIGHT = 0.8
const ONLY_LETTERS = /^\p{L}+$/u
/** French words that lose their vowel before another, and their apostrophe when typed in haste. */
const ELIDED = ['qu', 'l', 'd', 'j', 'm', 't', 's', 'c', 'n']
const ALL_ENDINGS = [
  '',
  's',
  'x',
  'es',
  'ees',
  'ed',
  'ing',
  'ions',
  'ations',
  'ements',
  'ents',
  'ons',
  ...ENDINGS,
]

/**
 * A query whose words that no document holds are replaced by their neighbours: by those of one edit (two in longer
 * words), or by the two words that were written as one. Two words that documents write as one stand for that too.
 * A word that a document holds stays, as do words with synonyms, numbers and codes.
 */
export function correctWords(analysis: QueryAnalysis, vocabulary: Vocabulary): QueryAnalysis {
  const { readings } = analysis
  let corrected = 0
  const groups = analysis.groups.flatMap((group): QueryGroup[] => {
    if (!isUnknown(group, vocabulary) || corrected === MOST_WORDS) return [group]
    corrected++
    return correct(group, group.word!, readings, vocabulary)
  })
  // What is nothing but misspelt stop words is taken at its word.
  const left = groups.length === 0 ? analysis.groups : groups
  return { ...analysis, groups: withJoined(left, readings, vocabulary) }
}

function isUnknown({ word, terms, synonyms }: QueryGroup, { isKnown }: Vocabulary): boolean {
  if (word === undefined || synonyms !== undefined) return false
  return word.length >= SHORTEST && ONLY_LETTERS.test(word) && !terms.some(isKnown)
}

function correct(
  group: QueryGroup,
  word: string,
  readings: readonly StemLanguage[],
  vocabulary: Vocabulary,
): QueryGroup[] {
  if (isNearStopWord(word, readings)) return []
  const near = neighbours(word, readings, vocabulary)
  if (near.length > 0) return [{ ...group, corrections: near }]
  const parts = splitWord(word, readings, vocabulary)
  if (parts !== undefined) return parts
  if (word.length < SHORTEST_OF_TWO_EDITS) return [group]
  const further = farNeighbours(word, readings, vocabulary)
  return further.length > 0 ? [{ ...group, corrections: further }] : [group]
}

function isNearStopWord(word: string, readings: readonly StemLanguage[]): boolean {
  return readings.some((reading) => {
    for (const stop of STOP_WORDS[reading])
      if (stop.length >= SHORTEST && editDistance(word, stop, 1) <= 1) return true
    return false
  })
}

/** Terms one edit from a word that the reader's documents hold, its ending apart, the most frequent first. */
function neighbours(word: string, readings: readonly StemLanguage[], vocabulary: Vocabulary): WeightedTerm[] {
  const found = new Set<string>()
  for (const reading of readings) {
    for (const term of finished(word, reading)) found.add(term)
    for (const [base, ending] of basesOf(word, reading)) {
      // What comes back is a stem: with the word's ending, it must be the stem of that.
      for (const term of vocabulary.near(base, 1))
        if (editDistance(base, term, 1) === 1 && stem(term + ending, reading) === term) found.add(term)
    }
  }
  return mostFrequent(found, word, vocabulary)
}

/** Terms two edits from a word, which begin as it does. */
function farNeighbours(
  word: string,
  readings: readonly StemLanguage[],
  vocabulary: Vocabulary,
): WeightedTerm[] {
  const found = new Set<string>()
  for (const base of new Set(readings.map((reading) => stem(word, reading))))
    for (const term of vocabulary.near(base, 2))
      if (term[0] === base[0] && editDistance(base, term, 2) === 2) found.add(term)
  return mostFrequent(found, word, vocabulary)
}

function mostFrequent(terms: Iterable<string>, word: string, { frequency }: Vocabulary): WeightedTerm[] {
  return [...terms]
    .map((term) => ({ term, times: frequency(term), isAlike: term[0] === word[0] }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => Number(b.isAlike) - Number(a.isAlike) || b.times - a.times || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_NEIGHBOURS)
    .map(({ term }) => ({ term, weight: NEIGHBOUR_WEIGHT }))
}

/** The stems that a word may have, with the ending that is left: `roming` is `rom` and `ing`, or all of it. */
function basesOf(word: string, reading: StemLanguage): Map<string, string> {
  const bases = new Map<string, string>([[stem(word, reading), '']])
  for (const ending of ALL_ENDINGS) {
    const base = word.slice(0, word.length - ending.length)
    if (base.length >= SHORTEST - 1 && word.endsWith(ending)) bases.set(base, ending)
  }
  return bases
}

/** Stems of the word with its ending put right: `demenagemnt` → `demenagement` → `demenag`. */
function finished(word: string, reading: StemLanguage): Set<string> {
  const whole = new Set<string>()
  for (const ending of ALL_ENDINGS) {
    if (ending.length < 3) continue
    for (let length = ending.length - 1; length <= ending.length + 1; length++) {
      const base = word.slice(0, word.length - length)
      if (base.length >= SHORTEST - 1 && editDistance(word.slice(base.length), ending, 1) === 1)
        whole.add(base + ending)
    }
  }
  return new Set([...whole].map((each) => stem(each, reading)))
}

/** The two words that one was made of, or the one after a lost apostrophe. */
function splitWord(
  word: string,
  readings: readonly StemLanguage[],
  { frequency }: Vocabulary,
): QueryGroup[] | undefined {
  const knownOf = (part: string) => {
    const terms = [...new Set(readings.map((reading) => stem(part, reading)))]
    return { terms, frequency: Math.max(...terms.map(frequency)) }
  }
  const isStopWord = (part: string) => readings.some((reading) => STOP_WORDS[reading].has(part))
  if (readings.includes('fr')) {
    for (const elided of ELIDED) {
      const rest = word.slice(elided.length)
      if (!word.startsWith(elided) || rest.length < SHORTEST) continue
      const { terms, frequency: times } = knownOf(rest)
      if (times > 0) return [{ terms, word: rest }]
    }
  }
  let best: { readonly times: number; readonly groups: QueryGroup[] } | undefined
  for (let at = 2; at <= word.length - 2; at++) {
    const parts = [word.slice(0, at), word.slice(at)].filter((part) => !isStopWord(part))
    const known = parts.map((part) => ({ part, ...knownOf(part) }))
    const times = Math.min(...known.map((part) => part.frequency))
    if (parts.length > 0 && times > (best?.times ?? 0))
      best = { times, groups: known.map(({ part, terms }) => ({ terms, word: part })) }
  }
  return best?.groups
}

/** Lets two words after one another stand for the one that documents write: `wi fi` for `wifi`. */
function withJoined(
  groups: readonly QueryGroup[],
  readings: readonly StemLanguage[],
  { isKnown }: Vocabulary,
): QueryGroup[] {
  const joined = groups.map((group) => [...group.terms])
  for (let at = 1; at < groups.length; at++) {
    const one = groups[at - 1]!.word
    const other = groups[at]!.word
    if (one === undefined || other === undefined || one.length + other.length < SHORTEST) continue
    for (const reading of readings) {
      const term = stem(one + other, reading)
      if (!isKnown(term)) continue
      for (const side of [at - 1, at]) if (!joined[side]!.includes(term)) joined[side]!.push(term)
    }
  }
  return groups.map((group, at) => ({ ...group, terms: joined[at]! }))
}
