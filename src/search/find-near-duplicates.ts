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

/** Candidates from the index: the same question is among the first, or is worded differently. */
const CANDIDATES = 20
/** Characters of a question's text used to find candidates: a query uses some sixty words. */
const QUERY_TEXT = 400

interface NearDuplicateDeps {
  readonly index: SearchIndex
  readonly store: Pick<DocumentStore, 'visible'>
}

/**
 * Threads that ask the same question, in the same language, as each of these. The search index proposes candidates;
 * the cosine of the questions, with the index's document frequencies, decides. Threads without a document have none.
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

/** How often each term occurs in a text. */
export type TermCounts = ReadonlyMap<string, number>

/**
 * How alike two texts are, in [0, 1]: the cosine of their vectors of `(1 + ln tf) · weight` (Salton and Buckley 1988,
 * "ltc" where the weight is an inverse document frequency). 0 where one has no term with a weight.
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
  // “Exercise 2.2” is not “Exercise 2.3”, nor error 502 error 504, however alike the rest is.
  if (one.numbers !== other.numbers) return undefined
  // A replaced word names another thing (“slow upload”, “slow download”); an added word often does not.
  if (hasOwnTerm(one.title, other.title) && hasOwnTerm(other.title, one.title)) return undefined
  if (sharedTerms(one.whole, other.whole) < FEWEST_SHARED_TERMS) return undefined
  if (cosine(one.title, other.title, weightOf) < LEAST_TITLE_LIKENESS) return undefined
  const bothHaveText = one.text.size > 0 && other.text.size > 0
  if (bothHaveText && cosine(one.text, other.text, weightOf) < LEAST_TEXT_LIKENESS) return undefined
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
