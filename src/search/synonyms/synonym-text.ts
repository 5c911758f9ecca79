import { setImmediate } from 'node:timers/promises'
import { fold } from '../../text/terms/fold.ts'
import type { SynonymEntry, SynonymWord } from '../engine/synonyms/synonym-table.ts'
import { outerWords } from '../engine/synonyms/word-sequences.ts'
import { synonymErrors } from './errors.ts'

/**
 * The text form of synonyms, an entry a line: `forfait, abonnement` are equal, `rio => relevé d’identité` leads one way.
 * `fr:` or `en:` gives the language of the words up to the next `;`, as in `fr: décès; en: death, bereavement`. Empty
 * lines, and those that begin with `#`, say nothing.
 */
export const MOST_ENTRIES = 10_000
/** Words of an entry: more name a subject, not a word. */
export const MOST_WORDS = 30
export const LONGEST_WORD = 100
/** Words of a phrase. */
export const MOST_IN_PHRASE = 6
/** Lines read between two yields to the event loop: a few milliseconds. */
const LINES_A_TURN = 200

const SEPARATORS = /[,;:=<>]|^#/
/** Control characters, halves of surrogate pairs, and what stands for those. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\ufffd]/u
const ARROW = '=>'

/** The line of an entry. */
export function lineOf({ words, alsoFinds }: SynonymEntry): string {
  return alsoFinds === undefined ? sideOf(words) : `${sideOf(words)} ${ARROW} ${sideOf(alsoFinds)}`
}

/** Lines of entries that say the same have the same key. */
export function keyOf({ words, alsoFinds }: SynonymEntry): string {
  const side = (each: readonly SynonymWord[]) => each.map(wordKey).sort()
  return JSON.stringify([side(words), alsoFinds && side(alsoFinds)])
}

/**
 * The entries of a text, read in turns, for it may have thousands.
 *
 * @throws CodedError SYNONYM_… with the number of the line
 */
export async function readLines(text: string): Promise<SynonymEntry[]> {
  const entries: SynonymEntry[] = []
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|[\n\r]/)
    .entries()) {
    const trimmed = line.replaceAll('\t', ' ').trim()
    if (trimmed !== '' && !trimmed.startsWith('#')) entries.push(readLine(trimmed, at + 1))
    if (at % LINES_A_TURN === LINES_A_TURN - 1) await setImmediate()
  }
  return entries
}

/** The entry of a line. @throws CodedError SYNONYM_… */
export function readLine(line: string, number = 1): SynonymEntry {
  return checkEntry(parseLine(line, number), number)
}

/** The entry of a line that was checked before. */
export function parseLine(line: string, number = 1): SynonymEntry {
  const [left = '', right, ...more] = line.split(ARROW)
  if (more.length > 0) throw synonymErrors.SYNONYM_LINE_INVALID({ line: number })
  return {
    words: readSide(left, number),
    alsoFinds: right === undefined ? undefined : readSide(right, number),
  }
}

function readSide(side: string, line: number): SynonymWord[] {
  return side.split(';').flatMap((part) => {
    const [, stated, rest = ''] = /^\s*(?:([^:]*):)?([\s\S]*)$/.exec(part) ?? []
    const language = stated?.trim().toLowerCase()
    if (language !== undefined && language !== 'fr' && language !== 'en')
      throw synonymErrors.SYNONYM_LANGUAGE_UNKNOWN({ line, language: language.slice(0, LONGEST_WORD) })
    return rest.split(',').map((text): SynonymWord => ({ text: text.trim(), language }))
  })
}

/**
 * An entry as it is stored: its words evened out, each once.
 *
 * @param line what errors name, counted from 1
 * @throws CodedError SYNONYM_WORD_EMPTY, SYNONYM_WORD_TOO_LONG, SYNONYM_CHARACTER_INVALID, SYNONYM_ALONE,
 *   SYNONYM_WORDS_TOO_MANY
 */
export function checkEntry({ words, alsoFinds }: SynonymEntry, line: number): SynonymEntry {
  const own = checkWords(words, line)
  // What finds itself anyway says nothing.
  const keys = new Set(own.map(wordKey))
  const others =
    alsoFinds === undefined
      ? undefined
      : checkWords(alsoFinds, line).filter((word) => !keys.has(wordKey(word)))
  if (own.length + (others?.length ?? 0) > MOST_WORDS)
    throw synonymErrors.SYNONYM_WORDS_TOO_MANY({ line, most: MOST_WORDS })
  const isAlone = others === undefined ? own.length < 2 : own.length === 0 || others.length === 0
  if (isAlone) throw synonymErrors.SYNONYM_ALONE({ line })
  return { words: own, alsoFinds: others }
}

function checkWords(words: readonly SynonymWord[], line: number): SynonymWord[] {
  const checked = words.map(({ text, language }): SynonymWord => {
    if (UNWRITABLE.test(text)) throw synonymErrors.SYNONYM_CHARACTER_INVALID({ line })
    const even = text.normalize('NFC').replace(/\s+/g, ' ').trim()
    if (SEPARATORS.test(even)) throw synonymErrors.SYNONYM_CHARACTER_INVALID({ line })
    if (even.length > LONGEST_WORD) throw tooLong(line)
    const parts = outerWords(even)
    if (parts.every((part) => fold(part) === '')) throw synonymErrors.SYNONYM_WORD_EMPTY({ line })
    if (parts.length > MOST_IN_PHRASE) throw tooLong(line)
    return { text: even, language }
  })
  return [...new Map(checked.map((word) => [wordKey(word), word])).values()]
}

function tooLong(line: number) {
  return synonymErrors.SYNONYM_WORD_TOO_LONG({ line, most: LONGEST_WORD, words: MOST_IN_PHRASE })
}

function wordKey({ text, language }: SynonymWord): string {
  return `${language ?? ''}:${text.toLowerCase()}`
}

/** Words in their order, those of one language after one another together. */
function sideOf(words: readonly SynonymWord[]): string {
  const parts: { language: SynonymWord['language']; texts: string[] }[] = []
  for (const { text, language } of words) {
    const last = parts.at(-1)
    if (last !== undefined && last.language === language) last.texts.push(text)
    else parts.push({ language, texts: [text] })
  }
  return parts
    .map(({ language, texts }) => (language === undefined ? '' : `${language}: `) + texts.join(', '))
    .join('; ')
}
