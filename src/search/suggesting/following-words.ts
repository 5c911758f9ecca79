import { STOP_WORDS } from '../../text/terms/stems.ts'
import { stemLanguage } from '../../text/terms/terms.ts'
import type { VisibleWords } from './title-index.ts'
import { type Candidate, createTopCandidates } from './top-candidates.ts'
import { GAP } from './vocabulary.ts'

/**
 * Titles that are looked through for what follows their words, a millisecond's work. What stands in more says too little of
 * what comes next.
 */
const MOST_TITLES = 2_500
/** Words that follow together, such as *à l’étranger*. */
const LONGEST_PHRASE = 4
/** More words than a vocabulary has. */
const BASE = 2 ** 24

/** Elisions, and words that stand in any text. */
export function isFunctionWord(folded: string, language: string): boolean {
  if (folded.endsWith('’')) return true
  const stem = stemLanguage(language)
  return stem === undefined
    ? STOP_WORDS.fr.has(folded) || STOP_WORDS.en.has(folded)
    : STOP_WORDS[stem].has(folded)
}

/**
 * What follows words in the titles that the reader may see, best first: as many words as it takes to say something, or the
 * one that begins with the letters given.
 *
 * @param before folded; they count from the last on that says something
 */
export function wordsAfter(
  vocabularies: readonly VisibleWords[],
  before: readonly string[],
  beginning: string | undefined,
  limit: number,
): Candidate[] {
  if (before.length === 0) return []
  const top = createTopCandidates(limit)
  for (const visible of vocabularies) {
    const from = before.findLastIndex((word) => !isFunctionWord(word, visible.language))
    const [anchor = '', ...between] = before.slice(Math.max(0, from))
    const anchors = visible.vocabulary.same(anchor)
    const titles = anchors.reduce((sum, word) => sum + visible.count(word), 0)
    if (titles > MOST_TITLES) continue
    const phrases = countPhrases(visible, anchors, between, beginning)
    for (const phrase of phrases) top.add(phrase)
  }
  return top.best()
}

function countPhrases(
  { language, vocabulary, sees, sequences }: VisibleWords,
  anchors: readonly number[],
  between: readonly string[],
  beginning: string | undefined,
): Candidate[] {
  const numbers = sequences.numbers()
  // A phrase is a path through its words: numbers are quicker to count than texts.
  const paths = new Map<number, number>()
  const counts: number[] = [0]
  const texts: string[] = ['']
  const foldedTexts: string[] = ['']
  const functionWords = new Map<number, boolean>()

  function isFunction(word: number): boolean {
    const known = functionWords.get(word)
    if (known !== undefined) return known
    const found = isFunctionWord(vocabulary.folded(word), language)
    functionWords.set(word, found)
    return found
  }

  function follow(path: number, word: number): number {
    const key = path * BASE + word
    const known = paths.get(key)
    if (known !== undefined) return known
    const before = texts[path]!
    const space = before === '' || before.endsWith('’') ? '' : ' '
    texts.push(before + space + vocabulary.text(word))
    foldedTexts.push(foldedTexts[path]! + space + vocabulary.folded(word))
    paths.set(key, counts.push(0) - 1)
    return counts.length - 1
  }

  /** The path of what stands from a place on; 0 where that says nothing, or not what is wanted. */
  function pathFrom(at: number, end: number): number {
    if (beginning !== undefined) {
      const word = at < end ? numbers[at]! : GAP
      const folded = vocabulary.folded(word)
      const isWanted = folded.startsWith(beginning) && folded !== beginning && !isFunction(word)
      return isWanted ? follow(0, word) : 0
    }
    let path = 0
    for (const last = Math.min(at + LONGEST_PHRASE, end); at < last && numbers[at] !== GAP; at++) {
      path = follow(path, numbers[at]!)
      if (!isFunction(numbers[at]!)) return path
    }
    return 0
  }

  /** The path of what follows the anchor in a title; of the first place where something does. */
  function pathIn(start: number, end: number, anchor: number): number {
    for (let at = start; at < end; at++) {
      if (numbers[at] !== anchor) continue
      let next = at + 1
      for (const folded of between) {
        if (next >= end || vocabulary.folded(numbers[next]!) !== folded) break
        next++
      }
      const path = next === at + 1 + between.length ? pathFrom(next, end) : 0
      if (path !== 0) return path
    }
    return 0
  }

  for (const anchor of anchors)
    for (const slot of vocabulary.documents(anchor)) {
      if (!sees(slot)) continue
      const path = pathIn(sequences.startOf(slot), sequences.endOf(slot), anchor)
      if (path !== 0) counts[path]!++
    }
  return texts.flatMap((text, path) => {
    const count = counts[path]!
    return count > 0 ? [{ text, folded: foldedTexts[path]!, count }] : []
  })
}
