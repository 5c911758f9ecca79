import { setImmediate } from 'node:timers/promises'
import { fold } from '../../text/terms/fold.ts'
import { STOP_WORDS, stem } from '../../text/terms/stems.ts'
import { stemLanguage } from '../../text/terms/terms.ts'
import { visitTokens } from '../../text/terms/tokens.ts'
import { editDistance } from '../engine/corrections/edit-distance.ts'
import type { SynonymWord } from '../engine/synonyms/synonym-table.ts'

/** Two titles that say the same. */
export interface TitlePair {
  readonly titles: readonly [PairedTitle, PairedTitle]
}

export interface PairedTitle {
  readonly id: string
  readonly title: string
  readonly language: string
}

/** Two words, or phrases, that titles exchange. */
export interface Association {
  readonly words: readonly [SynonymWord, SynonymWord]
  /** Pairs of titles that exchange them. */
  readonly pairs: readonly TitlePair[]
  /** How sure, in (0, 1]: Dice's coefficient of the two over all pairs. */
  readonly share: number
}

/** A word of a title that the other title has not. */
interface Unit {
  readonly key: string
  readonly word: SynonymWord
  readonly at: number
}

/** Rows of words side by side that may stand for each other. */
const LONGEST_PHRASE = 3
/** Words that one title has and the other has not: more say that the titles differ. */
const MOST_LEFT = 8
const FEWEST_PAIRS = 2
const LEAST_SHARE = 0.5
/** Longer ones are no words. */
const LONGEST_WORD = 30
const PAIRS_A_TURN = 50
const LETTERS = /\p{L}/u

/**
 * Words that one of two titles has where the other has another: in most of the pairs that have either, and in two pairs
 * at least; in one where a title and its translation have a single word each (`décès`, `death`). Each word is taken with its best alone.
 *
 * @returns the surest first
 */
export async function associateWords(pairs: readonly TitlePair[]): Promise<Association[]> {
  const counts = new Map<string, number>()
  const together = new Map<string, { one: Unit; other: Unit; pairs: TitlePair[]; isSole: boolean }>()
  for (const [n, pair] of pairs.entries()) {
    if (n % PAIRS_A_TURN === PAIRS_A_TURN - 1) await setImmediate()
    const [left, right] = leftOf(pair)
    if (left.length === 0 || right.length === 0) continue
    if (left.length > MOST_LEFT || right.length > MOST_LEFT) continue
    const sides = [candidatesOf(left), candidatesOf(right)] as const
    for (const { key } of sides.flat()) counts.set(key, (counts.get(key) ?? 0) + 1)
    for (const a of sides[0])
      for (const b of sides[1]) {
        if (isVariant(a, b)) continue
        const [one, other] = a.key < b.key ? [a, b] : [b, a]
        const key = `${one.key}\n${other.key}`
        const known = together.get(key) ?? { one, other, pairs: [], isSole: false }
        known.pairs.push(pair)
        known.isSole ||= isTranslation(pair) && left.length === 1 && right.length === 1
        together.set(key, known)
      }
  }
  const found = [...together.values()]
    .map(({ one, other, pairs: of, isSole }) => ({
      one,
      other,
      pairs: of,
      isSole,
      share: (2 * of.length) / (counts.get(one.key)! + counts.get(other.key)!),
    }))
    .filter(({ share, pairs: of, isSole }) => share >= LEAST_SHARE && (isSole || of.length >= FEWEST_PAIRS))
    .sort(
      (a, b) =>
        b.share - a.share ||
        b.pairs.length - a.pairs.length ||
        lengthOf(b) - lengthOf(a) ||
        (a.one.key < b.one.key ? -1 : 1),
    )
  const taken = new Set<string>()
  return found.flatMap(({ one, other, pairs: of, share }) => {
    if (taken.has(one.key) || taken.has(other.key)) return []
    taken.add(one.key).add(other.key)
    return [{ words: [one.word, other.word] as const, pairs: of, share }]
  })
}

function isTranslation({ titles: [one, other] }: TitlePair): boolean {
  return stemLanguage(one.language) !== stemLanguage(other.language)
}

/** A phrase says more than its words. */
function lengthOf({ one, other }: { readonly one: Unit; readonly other: Unit }): number {
  return one.word.text.length + other.word.text.length
}

/** The words of each title that the other has not. */
function leftOf({ titles: [one, other] }: TitlePair): [Unit[], Unit[]] {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const without = (units: Unit[], others: Unit[]) => {
    // In any language: a name is the same word in both.
    const stems = new Set(others.map(({ key }) => key.slice(3)))
    return units.filter(({ key }) => !stems.has(key.slice(3)))
  }
  return [without(a, b), without(b, a)]
}

function wordsOf({ title, language }: PairedTitle): Unit[] {
  const read = stemLanguage(language)
  if (read === undefined) return []
  const units: Unit[] = []
  let end = 0
  let at = 0
  visitTokens(title, (word, start, stop) => {
    const folded = fold(word)
    if (start < end || folded === '') return
    end = stop
    at++
    if (STOP_WORDS[read].has(folded) || !LETTERS.test(folded)) return
    if (folded.length < 2 || stop - start > LONGEST_WORD) return
    const text = title.slice(start, stop).toLowerCase()
    units.push({
      key: `${read}:${stem(folded, read)}`,
      word: { text, language: read },
      at,
    })
  })
  return units
}

/** Words, and where all that is left stands side by side, that as a phrase. */
function candidatesOf(left: readonly Unit[]): Unit[] {
  const [first] = left
  const last = left.at(-1)
  if (first === undefined || last === undefined) return []
  const isPhrase = left.length > 1 && left.length <= LONGEST_PHRASE && last.at - first.at === left.length - 1
  const unique = [...new Map(left.map((unit) => [unit.key, unit])).values()]
  if (!isPhrase) return unique
  const phrase: Unit = {
    key: `${first.key} ${left
      .slice(1)
      .map(({ key }) => key.slice(3))
      .join(' ')}`,
    word: { text: left.map(({ word }) => word.text).join(' '), language: first.word.language },
    at: first.at,
  }
  return [...unique, phrase]
}

/** Whether one is the other, written otherwise: that is found without a synonym. */
function isVariant({ word: one }: Unit, { word: other }: Unit): boolean {
  const [a, b] = [fold(one.text), fold(other.text)]
  return a.length > 3 && b.length > 3 && editDistance(a, b, 2) <= 2
}
