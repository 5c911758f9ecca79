import { fold } from '../../../text/terms/fold.ts'

/** Between words, and at both ends of a text. */
export const SPACE = 32

/** What each Latin character is in letters: folded, one byte each; a space where it is no letter or digit. */
const LATIN = Array.from({ length: 0x250 }, (_, code) => {
  const folded = fold(String.fromCharCode(code))
  return Array.from(folded.replaceAll('.', ''), (letter) => byteOf(letter.charCodeAt(0)))
})

const isMark = (code: number) => code >= 0x300 && code <= 0x36f
const isPunctuation = (code: number) =>
  (code >= 0x2000 && code <= 0x2bff) || (code >= 0x3000 && code <= 0x303f)

/**
 * A text as the second stage compares it: one byte a letter, without case and accents, words apart by one space, a
 * space at either end. Letters of other scripts than Latin are told apart by their last seven bits.
 *
 * @param most bytes, of which the text is cut to fit
 */
export function lettersOf(text: string, most: number): Uint8Array {
  const letters = new Uint8Array(most)
  let size = 0
  let isSpace = true
  letters[size++] = SPACE
  for (let at = 0; at < text.length && size < most - 1; at++) {
    const code = text.charCodeAt(at)
    if (code < LATIN.length) {
      const own = LATIN[code]!
      if (own.length === 0) {
        if (!isSpace) letters[size++] = SPACE
        isSpace = true
      } else {
        for (const letter of own) if (size < most - 1) letters[size++] = letter
        isSpace = false
      }
    } else if (isPunctuation(code)) {
      if (!isSpace) letters[size++] = SPACE
      isSpace = true
    } else if (!isMark(code)) {
      letters[size++] = byteOf(code)
      isSpace = false
    }
  }
  if (!isSpace) letters[size++] = SPACE
  return letters.subarray(0, size)
}

function byteOf(code: number): number {
  return code < 128 ? code : 128 + (code & 127)
}
