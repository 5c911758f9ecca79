import { fold } from '../../text/terms/fold.ts'
import { STOP_WORDS } from '../../text/terms/stems.ts'
import { stemLanguage } from '../../text/terms/terms.ts'
import { beginsWithSlip } from './begins-with-slip.ts'
import type { VisibleWords } from './title-index.ts'
import type { TypedText } from './typed-text.ts'
import { GAP } from './vocabulary.ts'
import { singularOf } from './written-words.ts'

/** What somebody may be about to type. */
export interface Completion {
  /** All of it: what is typed, with its last word finished or another one added. */
  readonly text: string
  /** Characters at its beginning that are typed already. */
  readonly typed: number
}

interface Candidate {
  /** What comes in the place of the unfinished word, or after what is typed. */
  readonly text: string
  /** By which it is the same as another one. */
  readonly key: string
  /** Documents that have it. */
  count: number
}

/** Shorter beginnings with a slip in them may be anything. */
const SHORTEST_MISTYPED = 4
/** Titles that are looked through for what follows a word: enough to know it, and a millisecond's work. */
const MOST_TITLES = 20_000
/** Words that follow together, such as *à l’étranger*. */
const LONGEST_PHRASE = 4

/**
 * Completes what is typed by words of titles that the reader may see, those of most documents first: the word that is being
 * typed, by what follows the words before it in titles and else by any; one with a slip in it where nothing begins so; and
 * after a whole word the words that follow it in titles.
 */
export function completeWords(
  vocabularies: readonly VisibleWords[],
  typed: TypedText,
  limit: number,
): readonly Completion[] {
  const { text, unfinished } = typed
  if (unfinished === undefined) {
    const glue = /[\s'’ʼ]$/.test(text) || text === '' ? '' : ' '
    return best(following(vocabularies, typed.before), limit).map((next) =>
      finish(text + glue, next, text.length),
    )
  }
  const { start, folded } = unfinished
  if (folded === '') return []
  const head = text.slice(0, start)
  const known = best(following(vocabularies, typed.before, folded), limit)
  const words = best(wordsFrom(vocabularies, folded), limit)
  const finished = [...known, ...words].map((word) => finish(head, word, text.length))
  const more = best(following(vocabularies, [...typed.before, folded]), limit).map((next) =>
    finish(`${text} `, next, text.length),
  )
  const found = distinct([...finished.slice(0, limit - Math.min(more.length, 1)), ...more, ...finished])
  if (found.length > 0 || folded.length < SHORTEST_MISTYPED) return found.slice(0, limit)
  if (vocabularies.some((each) => isKnown(each, folded))) return []
  return best(wordsNear(vocabularies, folded), limit).map((word) => finish(head, word, start))
}

/** Whether a title that the reader may see has a word with these letters. */
function isKnown({ vocabulary, count }: VisibleWords, folded: string): boolean {
  return vocabulary.same(folded).some((word) => count(word) > 0)
}

function finish(head: string, { text }: Candidate, typed: number): Completion {
  return { text: head + text, typed: Math.min(typed, head.length + text.length) }
}

/** Words that begin so and are longer. */
function* wordsFrom(vocabularies: readonly VisibleWords[], folded: string): Generator<Candidate> {
  for (const { language, vocabulary, count } of vocabularies)
    for (const word of vocabulary.beginning(folded)) {
      const key = vocabulary.folded(word)
      if (key === folded || isNoSubject(key, language)) continue
      yield { text: vocabulary.text(word), key: singularOf(key), count: count(word) }
    }
}

/** Words that begin so but for one slip. */
function* wordsNear(vocabularies: readonly VisibleWords[], folded: string): Generator<Candidate> {
  for (const { language, vocabulary, count } of vocabularies)
    for (const word of vocabulary.beginning('')) {
      const key = vocabulary.folded(word)
      if (!beginsWithSlip(key, folded) || isNoSubject(key, language)) continue
      yield { text: vocabulary.text(word), key: singularOf(key), count: count(word) }
    }
}

/**
 * What follows words in titles, with how many have it: as many words as it takes to say something, or the one that begins
 * with the letters given.
 *
 * @param before folded; from the last that says something on, they are to stand there
 */
function* following(
  vocabularies: readonly VisibleWords[],
  before: readonly string[],
  beginning?: string,
): Generator<Candidate> {
  if (before.length === 0) return
  for (const visible of vocabularies) {
    const { language, vocabulary, sees, sequence } = visible
    const from = before.findLastIndex((word) => !isNoSubject(word, language))
    const [anchor = '', ...between] = before.slice(Math.max(0, from))
    const counts = new Map<string, Candidate>()
    let titles = 0
    for (const word of vocabulary.same(anchor))
      for (const slot of vocabulary.documents(word)) {
        if (titles >= MOST_TITLES) break
        if (!sees(slot)) continue
        titles++
        const found = nextIn(visible, sequence(slot), word, between, beginning)
        if (found === undefined) continue
        const candidate = counts.get(found)
        if (candidate === undefined)
          counts.set(found, { text: found, key: singularOf(fold(found)), count: 1 })
        else candidate.count++
      }
    yield* counts.values()
  }
}

/** What follows an anchor and the words after it in one title. */
function nextIn(
  { language, vocabulary }: VisibleWords,
  sequence: readonly number[],
  anchor: number,
  between: readonly string[],
  beginning: string | undefined,
): string | undefined {
  for (let at = sequence.indexOf(anchor); at !== -1; at = sequence.indexOf(anchor, at + 1)) {
    const from = at + 1
    if (between.some((folded, n) => vocabulary.folded(sequence[from + n] ?? GAP) !== folded)) continue
    const next = from + between.length
    if (beginning === undefined) {
      const phrase = phraseFrom({ language, vocabulary }, sequence, next)
      if (phrase !== undefined) return phrase
      continue
    }
    const word = sequence[next] ?? GAP
    const folded = vocabulary.folded(word)
    if (folded.startsWith(beginning) && folded !== beginning && !isNoSubject(folded, language))
      return vocabulary.text(word)
  }
  return undefined
}

/** The words from a place on, through the first that says something. */
function phraseFrom(
  { language, vocabulary }: Pick<VisibleWords, 'language' | 'vocabulary'>,
  sequence: readonly number[],
  from: number,
): string | undefined {
  let text = ''
  for (let at = from; at < Math.min(from + LONGEST_PHRASE, sequence.length); at++) {
    const word = sequence[at] ?? GAP
    if (word === GAP) return undefined
    text += vocabulary.text(word)
    const folded = vocabulary.folded(word)
    if (!isNoSubject(folded, language)) return text
    if (!folded.endsWith('’')) text += ' '
  }
  return undefined
}

/** Elisions, and words that stand in any text. */
function isNoSubject(folded: string, language: string): boolean {
  if (folded.endsWith('’')) return true
  const stem = stemLanguage(language)
  return stem === undefined
    ? STOP_WORDS.fr.has(folded) || STOP_WORDS.en.has(folded)
    : STOP_WORDS[stem].has(folded)
}

/** The candidates of most documents, then in the order of the alphabet; a word and its plural are one. */
function best(candidates: Iterable<Candidate>, limit: number): Candidate[] {
  const byKey = new Map<string, Candidate>()
  for (const candidate of candidates) {
    if (candidate.count === 0) continue
    const other = byKey.get(candidate.key)
    if (other === undefined || compare(candidate, other) < 0) byKey.set(candidate.key, candidate)
  }
  return [...byKey.values()].sort(compare).slice(0, limit)
}

function compare(one: Candidate, other: Candidate): number {
  if (one.count !== other.count) return other.count - one.count
  return one.key < other.key || (one.key === other.key && one.text < other.text) ? -1 : 1
}

function distinct(completions: readonly Completion[]): Completion[] {
  return [...new Map(completions.toReversed().map((each) => [fold(each.text), each])).values()].toReversed()
}
