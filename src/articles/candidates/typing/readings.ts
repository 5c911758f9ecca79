import { createHash } from 'node:crypto'
import { readQuestion } from '../../../search/find-near-duplicates.ts'
import { plainText } from '../../../text/markdown/plain-text.ts'
import { createTermAnalyser, type TermAnalyser } from '../../../text/terms/terms.ts'
import { readThread, solutionsOf } from './solution.ts'
import { type TermCounts, termsOf } from './terms.ts'
import type { CandidateThread } from './types.ts'
import { type Value, valuesOf } from './values.ts'

/** What a thread is compared by with others. */
export interface GroupingTerms {
  readonly language: string
  readonly question: TermCounts
  readonly solution: TermCounts
  readonly whole: TermCounts
  /** As search compares two questions. */
  readonly strict: ReturnType<typeof readQuestion>
  readonly paths: readonly Value[]
  /** Numbers and codes of the title. */
  readonly numbers: ReadonlySet<string>
}

/** Threads read for grouping. The neighbours of one thread are those of the next: each is read once while it is the same. */
export interface Readings {
  /** It has stemmed the words of these threads. */
  readonly analyser: TermAnalyser
  of(thread: CandidateThread): GroupingTerms
  /** Whether the thread, as it is, was read and is remembered. */
  has(thread: CandidateThread): boolean
}

const TITLE_WEIGHT = 3
const WORDS = 30_000

/** @param most threads that are remembered: those read last */
export function createReadings(most: number): Readings {
  const analyser = createTermAnalyser({ cachedWords: WORDS })
  const known = new Map<string, GroupingTerms>()
  return {
    analyser,
    has: (thread) => known.has(digestOf(thread)),
    of(thread) {
      const digest = digestOf(thread)
      const read = known.get(digest) ?? readForGrouping(thread, analyser)
      known.delete(digest)
      known.set(digest, read)
      if (known.size > most) known.delete(known.keys().next().value as string)
      return read
    },
  }
}

function digestOf({ title, language, posts }: CandidateThread): string {
  return createHash('sha1')
    .update(JSON.stringify([title, language, posts]))
    .digest('base64')
}

function readForGrouping(thread: CandidateThread, analyser: TermAnalyser): GroupingTerms {
  const { title, language } = thread
  const read = readThread(thread)
  const solutions = solutionsOf(read)
  const body = read.question?.body ?? ''
  const asked = [
    [title, TITLE_WEIGHT],
    [body, 1],
  ] as const
  const answered = solutions.map(({ post }) => [post.body, 1] as const)
  const values = solutions.flatMap(({ statements }) =>
    statements.flatMap(({ text }) => valuesOf(text, read.words)),
  )
  return {
    language,
    question: termsOf(analyser, language, ...asked),
    solution: termsOf(analyser, language, ...answered),
    whole: termsOf(analyser, language, ...asked, ...answered),
    strict: readQuestion(analyser, { title, text: plainText(body.slice(0, 4000)), language }),
    paths: values.filter(({ kind }) => kind === 'path'),
    numbers: new Set(title.slice(0, 300).match(/\d+(?:[.,]\d+)*/g)),
  }
}
