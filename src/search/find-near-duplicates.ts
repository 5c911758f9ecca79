import { setImmediate } from 'node:timers/promises'
import { createTermAnalyser, type TermAnalyser } from '../text/terms/terms.ts'
import type { DocumentStore, StoredDocument } from './document-store.ts'
import type { SearchEngine } from './engine/create-search-engine.ts'
import type { SearchIndex } from './search-index.ts'

export interface NearDuplicate {
  readonly threadId: string
  /** In [0, 1]. */
  readonly likeness: number
}

/** Candidates that the index proposes; the same question is among the first, or is not worded alike. */
const CANDIDATES = 20
/** Letters of a question's text that help to find candidates; a query reads some sixty words. */
const QUERY_TEXT = 400

/** What is looked up, and where. */
interface NearDuplicateDeps {
  readonly index: SearchIndex
  readonly store: Pick<DocumentStore, 'visible'>
}

/**
 * Threads that ask the same question, in the same language, as each of these: proposed by the search index, judged by
 * the cosine of their questions with the index's own document frequencies. Threads that search does not hold have none.
 */
export async function* findNearDuplicates(
  { index, store }: NearDuplicateDeps,
  threadIds: readonly string[],
): AsyncGenerator<{ readonly threadId: string; readonly found: readonly NearDuplicate[] }> {
  const analyser = createTermAnalyser()
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
  const weightOf = (term: string) => Math.log(1 + engine.size / (1 + engine.frequency(term)))
  const terms = termsOf(analyser, own)
  const found: NearDuplicate[] = []
  for (const [threadId, candidate] of candidates) {
    const likeness = likenessOf(terms, termsOf(analyser, candidate), weightOf)
    if (likeness !== undefined) found.push({ threadId, likeness })
  }
  return found.sort((a, b) => b.likeness - a.likeness || (a.threadId < b.threadId ? -1 : 1))
}

function termsOf(analyser: TermAnalyser, { title, issue, language }: StoredDocument) {
  return readQuestion(analyser, { title, text: issue, language })
}

/** How often each term stands in a text. */
export type TermCounts = ReadonlyMap<string, number>

/**
 * How alike two texts are, in [0, 1]: the cosine of their vectors of `(1 + ln tf) · weight` (Salton and Buckley 1988,
 * "ltc" where the weight is an inverse document frequency). 0 where one has no weighty term.
 *
 * @param weightOf a term's weight, the rarer the greater; not negative
 */
export function cosine(one: TermCounts, other: TermCounts, weightOf: (term: string) => number): number {
  let shared = 0
  let ownSquares = 0
  for (const [term, count] of one) {
    const own = weigh(count) * weightOf(term)
    ownSquares += own * own
    const theirs = other.get(term)
    if (theirs !== undefined) shared += own * weigh(theirs) * weightOf(term)
  }
  if (shared === 0) return 0
  let otherSquares = 0
  for (const [term, count] of other) otherSquares += (weigh(count) * weightOf(term)) ** 2
  return Math.min(1, shared / Math.sqrt(ownSquares * otherSquares))
}

function weigh(count: number): number {
  return 1 + Math.log(count)
}

/** A question as it is compared: plain text. */
interface Question {
  readonly title: string
  readonly text: string
  readonly language: string
}

/** A question read into terms, to be compared with many. */
interface QuestionTerms {
  readonly title: TermCounts
  readonly text: TermCounts
  /** Title and text together; a word of the title counts {@link TITLE_WEIGHT} times. */
  readonly whole: TermCounts
  /** Numbers of the title, in order: versions, models, error codes. */
  readonly numbers: string
}

/**
 * When two questions are the same one asked again. Precision goes first: a wrong link sends a customer to the wrong
 * answer, a missing one costs a search. `docs/decisions/0010-near-duplicates.md` has the figures behind the values.
 */
const LEAST_LIKENESS = 0.75
const LEAST_TITLE_LIKENESS = 0.6
const LEAST_TEXT_LIKENESS = 0.5
/** “Refund?” and “Help please” say too little to be the same question. */
const FEWEST_SHARED_TERMS = 3
const TITLE_WEIGHT = 3
/** Letters of the text that are compared; beyond, it is a log. */
const LONGEST_TEXT = 4_000

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
 * How alike two questions of one language are, when they are the same one.
 *
 * @returns a likeness in [0, 1]; undefined when they are not the same question
 */
export function likenessOf(
  one: QuestionTerms,
  other: QuestionTerms,
  weightOf: (term: string) => number,
): number | undefined {
  // “Exercise 2.2” is not “Exercise 2.3”, nor error 502 error 504, however alike the rest is.
  if (one.numbers !== other.numbers) return undefined
  // A word exchanged for another names another thing (“slow upload”, “slow download”); a word more often does not.
  if (hasOwnTerm(one.title, other.title) && hasOwnTerm(other.title, one.title)) return undefined
  if (sharedTerms(one.whole, other.whole) < FEWEST_SHARED_TERMS) return undefined
  if (cosine(one.title, other.title, weightOf) < LEAST_TITLE_LIKENESS) return undefined
  const bothSayMore = one.text.size > 0 && other.text.size > 0
  if (bothSayMore && cosine(one.text, other.text, weightOf) < LEAST_TEXT_LIKENESS) return undefined
  const likeness = cosine(one.whole, other.whole, weightOf)
  return likeness >= LEAST_LIKENESS ? likeness : undefined
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
