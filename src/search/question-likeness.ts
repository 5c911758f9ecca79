import { cosine, type TermCounts } from '../text/cosine.ts'
import type { TermAnalyser } from '../text/tokens-to-terms.ts'

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
