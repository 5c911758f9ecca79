import { setImmediate } from 'node:timers/promises'
import type { TermAnalyser } from '../text/terms/terms.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { SearchIndex } from './search-index.ts'

export interface NearDuplicate {
  readonly threadId: string
  /** In [0, 1]. */
  readonly likeness: number
}

/** Candidates from the index: the same question is among the first, or is worded differently. */
const CANDIDATES = 20
/** Characters of a question's text used to find candidates: a query uses some sixty words. */
const QUERY_TEXT = 400

interface NearDuplicateDeps {
  readonly index: SearchIndex
  readonly store: Pick<DocumentStore, 'visible'>
  readonly analyser: TermAnalyser
}

/**
 * Threads that ask the same question, in the same language, as each of these. The search index proposes candidates;
 * the cosine of the questions, with the index's document frequencies, decides. Threads without a document have none.
 */
export async function* findNearDuplicates(
  { index, store, analyser }: NearDuplicateDeps,
  threadIds: readonly string[],
): AsyncGenerator<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }> {
  for (const threadId of threadIds) {
    await setImmediate()
    const engine = await index.upToDate()
    const own = (await store.visible([threadId], 'internal')).get(threadId)
    const found = own === undefined ? [] : await duplicatesOf(engine, store, analyser, own)
    yield { threadId, found }
  }
}

async function duplicatesOf(
  engine: SearchEngine,
  store: Pick<DocumentStore, 'visible'>,
  analyser: TermAnalyser,
  own: StoredDocument,
): Promise<NearDuplicate[]> {
  const { hits } = engine.query({
    text: `${own.title} ${own.issue.slice(0, QUERY_TEXT)}`,
    audience: 'internal',
    language: own.language,
    filter: { kinds: ['thread'], languages: [own.language] },
    limit: CANDIDATES + 1,
  })
  const ids = hits.map(({ id }) => id).filter((id) => id !== own.id)
  const candidates = await store.visible(ids, 'internal')
  const weightOf = onceEach((term) => rarity(engine, term))
  const terms = termsOf(analyser, own)
  const found: NearDuplicate[] = []
  for (const [threadId, candidate] of candidates) {
    const likeness = likenessOf(terms, termsOf(analyser, candidate), weightOf)
    if (likeness !== undefined) found.push({ threadId, likeness })
  }
  return found.sort((a, b) => b.likeness - a.likeness || (a.threadId < b.threadId ? -1 : 1))
}

/** How much it says that two documents share a term: the rarer the more; not negative. */
export function rarity({ size, frequency }: Pick<SearchEngine, 'size' | 'frequency'>, term: string): number {
  return Math.log(1 + size / (1 + frequency(term)))
}

/** The function, asked once for each term. */
export function onceEach(weightOf: (term: string) => number): (term: string) => number {
  const known = new Map<string, number>()
  return (term) => {
    const weight = known.get(term) ?? weightOf(term)
    known.set(term, weight)
    return weight
  }
}

function termsOf(analyser: TermAnalyser, { title, issue, language }: StoredDocument) {
  return readQuestion(analyser, { title, text: issue, language })
}

/** How often each term occurs in a text. */
export type TermCounts = ReadonlyMap<string, number>

/** The terms of a text by what each weighs in it: `(1 + ln tf) · weight`. */
export interface TermVector {
  readonly weights: ReadonlyMap<string, number>
  /** Its Euclidean length. */
  readonly length: number
}

/** @param weightOf a term's weight, the rarer the greater; not negative */
export function vectorOf(counts: TermCounts, weightOf: (term: string) => number): TermVector {
  const weights = new Map<string, number>()
  let squares = 0
  for (const [term, count] of counts) {
    const weight = (1 + Math.log(count)) * weightOf(term)
    weights.set(term, weight)
    squares += weight * weight
  }
  return { weights, length: Math.sqrt(squares) }
}

/**
 * How alike two texts are, in [0, 1]: the cosine of their vectors (Salton and Buckley 1988, "ltc" where the weight is an
 * inverse document frequency). 0 where one has no term with a weight.
 */
export function cosine(one: TermVector, other: TermVector): number {
  const [short, long] = one.weights.size < other.weights.size ? [one, other] : [other, one]
  let shared = 0
  for (const [term, weight] of short.weights) shared += weight * (long.weights.get(term) ?? 0)
  return shared === 0 ? 0 : Math.min(1, shared / (one.length * other.length))
}

/** A question to compare, in plain text. */
interface Question {
  readonly title: string
  readonly text: string
  readonly language: string
}

/** The terms of a question, to compare with many. */
interface QuestionTerms {
  readonly title: TermCounts
  readonly text: TermCounts
  /** Title and text together; a word of the title counts {@link TITLE_WEIGHT} times. */
  readonly whole: TermCounts
  /** Numbers of the title, in order: versions, models, error codes. */
  readonly numbers: string
}

/**
 * When two questions are the same. Precision comes first: a wrong link sends a customer to the wrong answer, a missing
 * one costs a search. `docs/decisions/0010-near-duplicates.md` has the figures behind the values.
 */
const LEAST_LIKENESS = 0.75
const LEAST_TITLE_LIKENESS = 0.6
const LEAST_TEXT_LIKENESS = 0.5
/** “Refund?” and “Help please” are too short to compare. */
const FEWEST_SHARED_TERMS = 3
const TITLE_WEIGHT = 3
/** Characters of the text that are compared; beyond, it is a log. */
const LONGEST_TEXT = 4_000

/** Reads a question into terms. */
export function readQuestion(analyser: TermAnalyser, { title, text, language }: Question): QuestionTerms {
  const count = (from: string) => {
    const counts = new Map<string, number>()
    analyser.visit(from, language, (terms) => {
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    })
    return counts
  }
  const ofTitle = count(title)
  const ofText = count(text.slice(0, LONGEST_TEXT))
  const whole = new Map(ofText)
  for (const [term, times] of ofTitle) whole.set(term, (whole.get(term) ?? 0) + TITLE_WEIGHT * times)
  return { title: ofTitle, text: ofText, whole, numbers: numbersIn(title) }
}

/**
 * The likeness of two questions of one language, if they are the same question.
 *
 * @returns a likeness in [0, 1]; undefined when they are not the same question
 */
export function likenessOf(
  one: QuestionTerms,
  other: QuestionTerms,
  weightOf: (term: string) => number,
): number | undefined {
  if (areTitlesApart(one, other)) return undefined
  if (sharedTerms(one.whole, other.whole) < FEWEST_SHARED_TERMS) return undefined
  const alike = (own: TermCounts, others: TermCounts) =>
    cosine(vectorOf(own, weightOf), vectorOf(others, weightOf))
  if (alike(one.title, other.title) < LEAST_TITLE_LIKENESS) return undefined
  const bothHaveText = one.text.size > 0 && other.text.size > 0
  if (bothHaveText && alike(one.text, other.text) < LEAST_TEXT_LIKENESS) return undefined
  const likeness = alike(one.whole, other.whole)
  return likeness >= LEAST_LIKENESS ? likeness : undefined
}

/** Whether two titles name different things: their questions are not the same, whatever the texts say. */
export function areTitlesApart(
  one: Pick<QuestionTerms, 'title' | 'numbers'>,
  other: Pick<QuestionTerms, 'title' | 'numbers'>,
): boolean {
  // “Exercise 2.2” is not “Exercise 2.3”, nor error 502 error 504, however alike the rest is.
  if (one.numbers !== other.numbers) return true
  // A replaced word names another thing (“slow upload”, “slow download”); an added word often does not.
  return hasOwnTerm(one.title, other.title) && hasOwnTerm(other.title, one.title)
}

function hasOwnTerm(own: TermCounts, others: TermCounts): boolean {
  for (const term of own.keys()) if (!others.has(term)) return true
  return false
}

function sharedTerms(one: TermCounts, other: TermCounts): number {
  let shared = 0
  for (const term of one.keys()) if (other.has(term)) shared += 1
  return shared
}

function numbersIn(title: string): string {
  return (title.match(/\d+(?:[.,]\d+)*/g) ?? []).join(' ')
}
