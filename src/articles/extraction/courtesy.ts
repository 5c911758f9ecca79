import { flatten } from './flatten.ts'
import type { DraftWords } from './words.ts'

/** No greeting, thanks or closing is longer; longer sentences say something. */
const LONGEST = 240
const MARKS_AT_END = /(?:[\s.,;:!?…)*_~\u00a0\u202f-]|\p{Extended_Pictographic}|\ufe0f|[:;]-?[)DdPp(])+$/u
const MARKS_AT_START = /^(?:[\s,.;:!…)*_–—-]|\p{Extended_Pictographic}|\ufe0f|[:;]-?\))+/u
/** Names behind a greeting, where a mark or the end follows. */
const GREETED =
  /^,? (?:@?\p{Lu}[\p{L}\p{N}_.'’-]*|@[^\s,]+)(?: \p{Lu}[\p{L}\p{N}_.'’-]*){0,2}(?=\s*(?:[,.!:;…–—-]|$))/u
const HOLDS_MORE = /[`\]]|https?:|\$/

/** Flattened, without marks around: what whole-sentence expressions read. */
export function bare(text: string): string {
  return flatten(
    text
      .slice(0, LONGEST + 60)
      .replace(MARKS_AT_END, '')
      .replace(/^[\s*_~(>#-]+/, ''),
  ).replace(/ {2,}/g, ' ')
}

/** A sentence without the greeting it begins with; unchanged where it has none. */
export function withoutGreeting(
  text: string,
  words: readonly DraftWords[],
  names: ReadonlySet<string>,
): string {
  const flat = flatten(text.slice(0, LONGEST))
  for (const { greeting, subject } of words) {
    let at = greeting.exec(flat)?.[0].length ?? 0
    if (at === 0) continue
    at += (GREETED.exec(text.slice(at, at + 100)) ?? [''])[0].length || knownName(flat.slice(at), names)
    const marks = MARKS_AT_START.exec(text.slice(at))?.[0] ?? ''
    const rest = text.slice(at + marks.length)
    if (rest === '') return ''
    if (/[^\s*_]/.test(marks) || subject.test(flatten(rest.slice(0, 40)))) return capitalised(rest)
  }
  return text
}

/** Length of ` papyfibre` at the start, where that is a member of the thread. */
function knownName(flat: string, names: ReadonlySet<string>): number {
  const found = /^,? ([^\s,.!:;]{2,40})(?=[\s,.!:;]|$)/.exec(flat)
  return found !== null && names.has(found[1]!) ? found[0].length : 0
}

/** A sentence without the name of a member that it addresses first: `Petra, the incident is …`. */
export function withoutVocative(text: string, names: ReadonlySet<string>): string {
  const found = /^(@?[^\s,]{1,30}(?: \p{Lu}[^\s,]{0,30}){0,2}), ?(?=\S)/u.exec(text)
  if (found === null) return text
  const isMember = flatten(found[1]!)
    .split(' ')
    .some((word) => names.has(word))
  return isMember ? capitalised(text.slice(found[0].length)) : text
}

export function withoutFiller(text: string, words: readonly DraftWords[]): string {
  const flat = flatten(text.slice(0, 40))
  for (const { filler } of words) {
    const found = filler.exec(flat)?.[0].length ?? 0
    if (found > 0 && found < text.length) return capitalised(text.slice(found))
  }
  return text
}

/** A sentence without `Edit :` before it; empty where nothing but chatter follows. */
export function withoutEdit(text: string, words: readonly DraftWords[]): string {
  const flat = flatten(text.slice(0, 60))
  for (const { edit, editChatter } of words) {
    const found = edit.exec(flat)?.[0].length ?? 0
    if (found === 0) continue
    const rest = text.slice(found)
    return editChatter.test(bare(rest)) ? '' : capitalised(rest)
  }
  return text
}

/** A sentence without the plea or thanks at its end; a question keeps its mark. */
export function withoutTrailingPlea(text: string, words: readonly DraftWords[]): string {
  const marks = MARKS_AT_END.exec(text.slice(-120))?.[0].length ?? 0
  const from = Math.max(0, text.length - marks - 120)
  const flat = flatten(text.slice(from, text.length - marks))
  for (const { trailingPlea } of words) {
    const found = trailingPlea.exec(flat)
    if (found !== null && from + found.index > 0)
      return (
        text.slice(0, from + found.index) +
        (/[\s\u00a0\u202f]*[?.]/.exec(text.slice(-marks || text.length))?.[0] ?? '')
      )
  }
  return text
}

/** Whether a whole sentence greets, thanks, pleads, closes or speaks of the post itself. */
export function isCourtesy(text: string, words: readonly DraftWords[], voice: 'asker' | 'helper'): boolean {
  if (text.length > LONGEST || HOLDS_MORE.test(text)) return false
  const flat = bare(text)
  if (flat === '') return !/\p{Extended_Pictographic}/u.test(text) ? !/[\p{L}\p{N}]/u.test(text) : true
  return words.some(
    ({ courtesy, helperCourtesy }) =>
      courtesy.some((each) => each.test(flat)) ||
      (voice === 'helper' && helperCourtesy.some((each) => each.test(flat))),
  )
}

/** A sentence begins with a capital, but `iPhone` and code stay as they are. */
export function capitalised(text: string): string {
  if (/^\p{Ll}\S*[\p{Lu}\d.]/u.test(text)) return text
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}
