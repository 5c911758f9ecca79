import { fold } from '../../text/terms/fold.ts'
import { openElision, type WrittenWord, writtenWords } from './written-words.ts'

/** What is typed so far, as completions take it up. */
export interface TypedText {
  /** Without control characters and halves of characters, space evened out. */
  readonly text: string
  /** The word that may go on; absent after a space, an apostrophe, or where nothing can be completed. */
  readonly unfinished?: { readonly start: number; readonly folded: string }
  /** Folded words before that, the last ones that follow one another; an elision is one that ends with an apostrophe. */
  readonly before: readonly string[]
  /** All words, folded. */
  readonly words: readonly string[]
}

/** Nobody types more before they choose. */
const LONGEST = 200

export function readTyped(q: string): TypedText {
  const text = q
    .slice(0, LONGEST)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trimStart()
  const words = writtenWords(text)
  const last = words.at(-1)
  const isUnfinished = last !== undefined && last.end === text.length
  const open = openElision(text)
  const complete = isUnfinished ? words.slice(0, -1) : words
  const before: string[] = isUnfinished && last.elision !== '' ? [last.elision] : open === '' ? [] : [open]
  // Something else than a space stands after the last word, and nothing follows from that.
  const isBroken =
    (isUnfinished && !last.follows) ||
    (!isUnfinished && open === '' && last !== undefined && text.slice(last.end).trim() !== '')
  if (!isBroken) before.unshift(...phraseAt(complete, open))
  return {
    text,
    words: words.map((word) => fold(word.text)),
    unfinished: isUnfinished ? { start: last.start, folded: fold(last.text) } : undefined,
    before,
  }
}

/** The last words that follow one another. */
function phraseAt(words: readonly WrittenWord[], open: string): string[] {
  const phrase: string[] = []
  for (const { text, elision, follows } of words.toReversed()) {
    // The elision that is open was read as a word.
    if (open !== '' && phrase.length === 0 && `${text}’` === open) {
      if (!follows) break
      continue
    }
    phrase.unshift(fold(text))
    if (elision !== '') phrase.unshift(elision)
    if (!follows) break
  }
  return phrase
}
