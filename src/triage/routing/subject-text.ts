import { plainText } from '../../text/markdown/plain-text.ts'
import { withoutPlaceholders } from '../../text/personal-data/finding.ts'
import type { TermAnalyser } from '../../text/terms/terms.ts'
import type { TextField } from './routing-rule.ts'

/** As much of a question as the classifier reads. */
const LONGEST_QUESTION = 20_000

/** A word of a text with the terms that search finds it by, and where it stands. */
export interface ReadWord {
  readonly terms: readonly string[]
  readonly start: number
  readonly end: number
}

/** The words of a text: in order, and the positions of each term. */
export interface ReadText {
  readonly words: readonly ReadWord[]
  readonly positions: ReadonlyMap<string, readonly number[]>
}

/** The text of a subject; each part is read when a condition first asks for it. */
export interface SubjectText {
  /** Plain text. */
  plain(field: TextField): string
  words(field: TextField, analyser: TermAnalyser): ReadText
}

/** @param question Markdown */
export function createSubjectText(
  { title, question }: { readonly title: string; readonly question: string },
  language: string,
): SubjectText {
  const sources = {
    title: () => title,
    question: () => plainText(question.slice(0, LONGEST_QUESTION)),
  }
  const plains = new Map<TextField, string>()
  const read = new Map<TextField, ReadText>()

  function plain(field: TextField): string {
    const known = plains.get(field)
    if (known !== undefined) return known
    const text = withoutPlaceholders(sources[field]()).normalize('NFC')
    plains.set(field, text)
    return text
  }

  return {
    plain,
    words(field, analyser) {
      const known = read.get(field)
      if (known !== undefined) return known
      const words = readWords(plain(field), language, analyser)
      const positions = new Map<string, number[]>()
      for (const [position, { terms }] of words.entries())
        for (const term of terms) {
          const found = positions.get(term)
          if (found === undefined) positions.set(term, [position])
          else found.push(position)
        }
      const text = { words, positions }
      read.set(field, text)
      return text
    },
  }
}

/** The words of a text that are no stop words, a compound before its parts. */
function readWords(text: string, language: string, analyser: TermAnalyser): ReadWord[] {
  const words: ReadWord[] = []
  analyser.visit(text, language, (terms, start, end) => words.push({ terms, start, end }))
  return words
}

/** The words of a phrase, each compound once and whole; empty where all of them are stop words. */
export function readPhrase(phrase: string, language: string, analyser: TermAnalyser): ReadWord[] {
  const words = readWords(phrase.normalize('NFC'), language, analyser)
  return words.filter(
    ({ start, end }) =>
      !words.some(
        (other) => other.start <= start && other.end >= end && other.end - other.start > end - start,
      ),
  )
}

/** Whether the words of a phrase stand one after another in a text; stop words between them do not count. */
export function containsPhrase({ words, positions }: ReadText, phrase: readonly ReadWord[]): boolean {
  const [first, ...rest] = phrase
  if (first === undefined) return false
  const isAt = (at: number, { terms }: ReadWord) => words[at]!.terms.some((term) => terms.includes(term))

  function follows(after: number, remaining: readonly ReadWord[]): boolean {
    const [wanted, ...others] = remaining
    if (wanted === undefined) return true
    const end = words[after]!.end
    let next = after + 1
    while (next < words.length && words[next]!.start < end) next++
    // A compound and its parts begin at the same place; any of them may be the next word.
    for (let at = next; at < words.length && words[at]!.start === words[next]!.start; at++)
      if (isAt(at, wanted) && follows(at, others)) return true
    return false
  }

  return first.terms.flatMap((term) => positions.get(term) ?? []).some((position) => follows(position, rest))
}
