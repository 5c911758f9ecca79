import { fold } from '../../text/terms/fold.ts'
import { beginsWithSlip } from './begins-with-slip.ts'
import { isFunctionWord, wordsAfter } from './following-words.ts'
import type { VisibleWords } from './title-index.ts'
import { type Candidate, createTopCandidates } from './top-candidates.ts'
import type { TypedText } from './typed-text.ts'

/** What somebody may be about to type. */
export interface Completion {
  /** All of it: what is typed, with its last word finished or another one added. */
  readonly text: string
  /** Characters at its beginning that are typed already. */
  readonly typed: number
}

/** Shorter beginnings with a slip in them may be anything. */
const SHORTEST_MISTYPED = 4

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
  const { text, unfinished, before } = typed
  const finish = (head: string, { text: word }: Candidate, end: number): Completion => ({
    text: head + word,
    typed: Math.min(end, head.length + word.length),
  })
  if (unfinished === undefined) {
    const head = /[\s'’ʼ]$/.test(text) ? text : `${text} `
    return wordsAfter(vocabularies, before, undefined, limit).map((next) => finish(head, next, text.length))
  }
  const { start, folded } = unfinished
  if (folded === '') return []
  const head = text.slice(0, start)
  const longer = [
    ...wordsAfter(vocabularies, before, folded, limit),
    ...wordsFrom(vocabularies, folded, limit),
  ].map((word) => finish(head, word, text.length))
  const isWhole = vocabularies.some((each) => isKnown(each, folded))
  const next = isWhole ? wordsAfter(vocabularies, [...before, folded], undefined, limit) : []
  const further = next.map((word) => finish(`${text} `, word, text.length))
  // Of both a share, where there are both.
  const found = distinct([...longer.slice(0, limit - Math.min(further.length, 1)), ...further, ...longer])
  if (found.length > 0 || isWhole || folded.length < SHORTEST_MISTYPED) return found.slice(0, limit)
  return wordsNear(vocabularies, folded, limit).map((word) => finish(head, word, start))
}

/** Whether a title that the reader may see has a word with these letters. */
function isKnown({ vocabulary, count }: VisibleWords, folded: string): boolean {
  return vocabulary.same(folded).some((word) => count(word) > 0)
}

/** Words that begin so and are longer. */
function wordsFrom(vocabularies: readonly VisibleWords[], folded: string, limit: number): Candidate[] {
  const top = createTopCandidates(limit)
  for (const { language, vocabulary, count } of vocabularies)
    vocabulary.visitBeginning(folded, (word) => {
      const key = vocabulary.folded(word)
      const documents = count(word)
      if (key !== folded && top.takes(documents) && !isFunctionWord(key, language))
        top.add({ text: vocabulary.text(word), folded: key, count: documents })
    })
  return top.best()
}

/** Words that begin so but for one slip. */
function wordsNear(vocabularies: readonly VisibleWords[], folded: string, limit: number): Candidate[] {
  const top = createTopCandidates(limit)
  for (const { language, vocabulary, count } of vocabularies)
    vocabulary.visitNear(folded, (word) => {
      const key = vocabulary.folded(word)
      if (!beginsWithSlip(key, folded) || isFunctionWord(key, language)) return
      top.add({ text: vocabulary.text(word), folded: key, count: count(word) })
    })
  return top.best()
}

function distinct(completions: readonly Completion[]): Completion[] {
  const byWords = new Map<string, Completion>()
  for (const each of completions) {
    const key = fold(each.text)
    if (!byWords.has(key)) byWords.set(key, each)
  }
  return [...byWords.values()]
}
