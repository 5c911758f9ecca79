import { cosine, likenessOf, type TermVector, vectorOf } from '../../../search/find-near-duplicates.ts'
import { createReadings, type GroupingTerms, type Readings } from './readings.ts'
import { bounded } from './terms.ts'
import type { CandidateThread, TermWeight } from './types.ts'
import { isSame } from './values.ts'

/** What two threads are compared by. */
interface Compared extends Pick<GroupingTerms, 'language' | 'strict' | 'paths' | 'numbers'> {
  readonly question: TermVector
  readonly solution: TermVector
  readonly whole: TermVector
}

/** Terms of a thread by which others are looked up, and threads looked up by one term. */
const LOOKED_UP = 16
const MOST_OF_TERM = 100
/** Threads may chain, each like the next; a larger group would be of no one question. */
const MOST_IN_GROUP = 50
/** When two solved threads ask the same (those that nobody solved are compared as search does); see docs/internals/candidates.md for the figures behind the values. */
const LIKE = 0.34
const LEAST_LIKE = 0.18
const LIKE_QUESTION = 0.2
const LIKE_SOLUTION = 0.39
const LEAST_SOLUTION = 0.1
/** When a thread without a solution asks what another one solved; it does no harm in a wrong group. */
const LIKE_UNSOLVED = 0.45

function compared({ question, solution, whole, ...read }: GroupingTerms, weightOf: TermWeight): Compared {
  const termWeight = bounded(weightOf)
  return {
    ...read,
    question: vectorOf(question, termWeight),
    solution: vectorOf(solution, termWeight),
    whole: vectorOf(whole, termWeight),
  }
}

/** Whether two threads ask the same, or the same answer solves both: they are one candidate. */
function isSameCandidate(one: Compared, other: Compared, termWeight: TermWeight): boolean {
  if (one.language !== other.language) return false
  if (
    one.numbers.size > 0 &&
    other.numbers.size > 0 &&
    ![...one.numbers].some((each) => other.numbers.has(each))
  )
    return false
  const question = cosine(one.question, other.question)
  const solved = [one, other].filter((each) => each.solution.length > 0).length
  if (solved < 2) return (solved === 1 && question >= LIKE_UNSOLVED) || isStrict(one, other, termWeight)
  const solution = cosine(one.solution, other.solution)
  if (solution < LEAST_SOLUTION) return isStrict(one, other, termWeight)
  const whole = cosine(one.whole, other.whole)
  if (whole >= LIKE) return true
  if (whole < LEAST_LIKE) return false
  const sharesPath = one.paths.some((path) => other.paths.some((each) => isSame(path, each)))
  return sharesPath || question >= LIKE_QUESTION || solution >= LIKE_SOLUTION
}

function isStrict(one: Compared, other: Compared, termWeight: TermWeight): boolean {
  return likenessOf(one.strict, other.strict, termWeight) !== undefined
}

/**
 * Groups threads that ask the same, each of one language; threads that nothing resembles are groups of one. Meant for
 * threads that no article is about: those of one article resemble each other. Near linear in the threads: a thread is
 * compared with those that share one of its rarest terms.
 *
 * @param readings those of the threads that were read before
 * @returns ids of threads; groups and ids in the order given
 */
export function groupCandidates(
  threads: readonly CandidateThread[],
  termWeight: TermWeight,
  readings: Readings = createReadings(threads.length),
): string[][] {
  const terms = threads.map((thread) => readings.of(thread))
  const read = terms.map((each) => compared(each, termWeight))
  const groupOf = read.map((_, at) => at)
  const root = (at: number): number => {
    while (groupOf[at] !== at) at = groupOf[at]!
    return at
  }
  const sizes = read.map(() => 1)
  const byTerm = new Map<string, number[]>()
  read.forEach((own, at) => {
    const keys = lookupTerms(terms[at]!, termWeight)
    const near = new Set(keys.flatMap((key) => byTerm.get(key) ?? []))
    for (const other of near)
      if (root(other) !== root(at) && isSameCandidate(own, read[other]!, termWeight)) {
        const [first, second] = [root(other), root(at)].sort((a, b) => a - b) as [number, number]
        if (sizes[first]! + sizes[second]! > MOST_IN_GROUP) continue
        sizes[first]! += sizes[second]!
        groupOf[second] = first
      }
    for (const key of keys) {
      const known = byTerm.get(key) ?? []
      if (known.length < MOST_OF_TERM) known.push(at)
      byTerm.set(key, known)
    }
  })
  const groups = new Map<number, string[]>()
  threads.forEach(({ id }, at) => {
    const members = groups.get(root(at)) ?? []
    members.push(id)
    groups.set(root(at), members)
  })
  return [...groups.values()]
}

function lookupTerms({ whole, language }: GroupingTerms, termWeight: TermWeight): string[] {
  return [...whole]
    .map(([term, count]) => ({ term, weight: (1 + Math.log(count)) * termWeight(term) }))
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, LOOKED_UP)
    .map(({ term }) => `${language} ${term}`)
}
