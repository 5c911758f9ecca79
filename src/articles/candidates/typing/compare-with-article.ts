import type { TermAnalyser } from '../../../text/terms/terms.ts'
import { extractDraft } from '../../extraction/extract-draft.ts'
import { postsRead, type ReadThread, solutionsOf } from './solution.ts'
import { type Statement, statementsOf } from './statements.ts'
import { type TermCounts, termsOf } from './terms.ts'
import type { Difference, NearArticle, Quote, TermWeight } from './types.ts'
import { hasMoved, isSame, type Value, valuesOf } from './values.ts'
import type { TypingWords } from './words.ts'

/** How an answer stands to an article that is about it. */
export interface Comparison {
  readonly relation: 'covers' | 'adds' | 'contradicts'
  /** Statements of the answer that the article lacks. */
  readonly additions: readonly Quote[]
  readonly differences: readonly Difference[]
}

interface Stated extends Statement {
  readonly values: readonly Value[]
  readonly terms: TermCounts
}

interface Said extends Stated {
  readonly quote: Quote
}

/** What is compared, and with what. */
interface Sides {
  readonly said: readonly Said[]
  readonly written: readonly Stated[]
  readonly words: readonly TypingWords[]
  readonly termWeight: TermWeight
}

/** From this share of its terms on, by weight, a statement says something else than the article. */
const NEW_SHARE = 0.45
/** What all new statements weigh together, with a new value among them and without one. */
const ADDED_WITH_VALUE = 25
const ADDED = 60
/** A term that weighs less stands in every other text. */
const LEAST_WEIGHT = 1
/** Characters of a post that are compared. */
const MOST_READ = 12_000
/** Characters behind `no longer` in which what is over is named. */
const REACH = 40

/** Compares what the answers of a candidate say with what an article says. */
export function compareWithArticle(
  reads: readonly ReadThread[],
  { content }: NearArticle,
  { analyser, termWeight }: { readonly analyser: TermAnalyser; readonly termWeight: TermWeight },
): Comparison {
  const words = reads[0]?.words ?? []
  const { title, issue, environment, resolution, cause, language } = content
  const state = (statement: Statement): Stated => ({
    ...statement,
    values: valuesOf(statement.text, words),
    terms: termsOf(analyser, language, [statement.text, 1]),
  })
  const written = statementsOf(`${resolution}\n\n${cause}`).map(state)
  const said = reads.flatMap((read) =>
    quotesOf(read).flatMap((quote) =>
      statementsOf(quote.text).map(
        (statement): Said => ({ ...state(statement), quote: { ...quote, text: statement.text } }),
      ),
    ),
  )
  const whole = [title, issue, environment, resolution, cause].join('\n\n')
  const known = {
    terms: termsOf(analyser, language, [whole, 1]),
    values: [title, issue, environment].flatMap((text) => valuesOf(text, words)),
  }
  known.values.push(...written.flatMap(({ values }) => values))
  const differences = differencesBetween({ said, written, words, termWeight })
  const { additions, isMore } = additionsTo(known, said, termWeight)
  const relation = differences.length > 0 ? 'contradicts' : isMore ? 'adds' : 'covers'
  return { relation, additions, differences }
}

/** What the solutions of a thread state: without courtesy, and with the comments that correct them. */
function quotesOf(read: ReadThread): Quote[] {
  const { id, title, language } = read.thread
  const solving = new Set(solutionsOf(read).map(({ post }) => post.id))
  if (solving.size === 0) return []
  const accepted = postsRead(read.thread).map((post) => ({
    ...post,
    body: post.body.slice(0, MOST_READ),
    accepted: solving.has(post.id),
  }))
  return extractDraft({ title, language, names: [], posts: accepted })
    .passages.filter(({ section }) => section === 'resolution' || section === 'cause')
    .map(({ text, postIds }) => ({ threadId: id, postIds, text }))
}

function additionsTo(
  known: { readonly terms: TermCounts; readonly values: readonly Value[] },
  said: readonly Said[],
  termWeight: TermWeight,
): { readonly additions: Quote[]; readonly isMore: boolean } {
  const additions: Quote[] = []
  let added = 0
  let hasValue = false
  for (const { quote, values, terms } of said) {
    const all = weigh(terms.keys(), termWeight)
    const lacking = weigh(
      [...terms.keys()].filter((term) => !known.terms.has(term)),
      termWeight,
    )
    const hasNewValue = values.some((value) => !known.values.some((each) => isSame(value, each)))
    if (all === 0 || (lacking / all < NEW_SHARE && !hasNewValue)) continue
    additions.push(quote)
    added += lacking
    hasValue ||= hasNewValue
  }
  return { additions, isMore: added >= (hasValue ? ADDED_WITH_VALUE : ADDED) }
}

function weigh(terms: Iterable<string>, termWeight: TermWeight): number {
  let sum = 0
  for (const term of terms) sum += termWeight(term)
  return sum
}

/**
 * Values that differ from the article's for the same unit, and what the answer says is over. Only where a change or a
 * mistake is spoken of: without one, another value is of another case.
 */
function differencesBetween({ said, written, words, termWeight }: Sides): Difference[] {
  const says = (cue: 'outdated' | 'yes' | 'no', { flat }: Statement) =>
    words.some((each) => each[cue].test(flat))
  if (!said.some((statement) => says('outdated', statement))) return []
  const differences: Difference[] = []
  for (const statement of said) {
    const near = says('outdated', statement)
      ? written
      : written.filter((each) => sharesTerm(statement.terms, each.terms, termWeight))
    for (const value of statement.values) {
      if (written.some(({ values }) => values.some((known) => isSame(value, known)))) continue
      for (const each of near) {
        const known = each.values.find((other) => differs(value, other))
        if (known === undefined) continue
        const [inAnswer, inArticle] = [value.text, known.text]
        differences.push({
          kind: value.kind,
          inAnswer,
          inArticle,
          quote: statement.quote,
          statement: each.text,
        })
        break
      }
    }
    const over = endedBy(statement, written, words)
    if (over !== undefined) differences.push(denial('ended', statement, over))
  }
  const [answer, rule] = [said[0], written[0]]
  if (answer !== undefined && rule !== undefined)
    for (const [one, other] of [
      ['yes', 'no'],
      ['no', 'yes'],
    ] as const)
      if (says(one, answer) && says(other, rule)) differences.push(denial('yes-no', answer, rule))
  return differences
}

function denial(kind: 'ended' | 'yes-no', { quote }: Said, { text }: Statement): Difference {
  return { kind, inAnswer: '', inArticle: '', quote, statement: text }
}

/** Whether two values are of the same thing and not the same. */
function differs(one: Value, other: Value): boolean {
  if (one.kind !== other.kind || one.kind === 'code') return false
  if (one.kind === 'path') return hasMoved(one, other)
  return one.unit.length > 2 && one.unit === other.unit && one.key !== other.key
}

function sharesTerm(one: TermCounts, other: TermCounts, termWeight: TermWeight): boolean {
  for (const term of one.keys())
    if (!/^\d/.test(term) && other.has(term) && termWeight(term) > LEAST_WEIGHT) return true
  return false
}

/** The article's statement that names what the answer says is over. */
function endedBy(
  { flat, terms }: Said,
  written: readonly Stated[],
  words: readonly TypingWords[],
): Stated | undefined {
  for (const { ended } of words) {
    const found = ended.exec(flat)
    if (found === null) continue
    const behind = flat.slice(found.index + found[0].length, found.index + found[0].length + REACH)
    const over = new Set(behind.match(/[\p{L}\p{N}]{2,}/gu))
    const statement = written.find((each) =>
      [...terms.keys()].some(
        (term) => each.terms.has(term) && [...over].some((word) => word.startsWith(term)),
      ),
    )
    if (statement !== undefined) return statement
  }
  return undefined
}
