import type { Random } from '../../learning/random.ts'

const WORD = /\p{L}{4,}/gu
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** A text with one random edit in one of its words of four letters or more: a letter more, less, other, or exchanged. */
export function mistype(text: string, random: Random): string {
  const words = [...text.matchAll(WORD)]
  if (words.length === 0) return text
  const { 0: word, index } = words[random.below(words.length)]!
  return text.slice(0, index) + edit(word, random) + text.slice(index + word.length)
}

function edit(word: string, random: Random): string {
  const letter = LETTERS[random.below(LETTERS.length)]!
  const at = random.below(word.length)
  const [before, rest] = [word.slice(0, at), word.slice(at)]
  switch (random.below(4)) {
    case 0:
      return before + rest.slice(1)
    case 1:
      return before + letter + rest
    case 2:
      return before + letter + rest.slice(1)
    default: {
      const first = Math.min(at, word.length - 2)
      return word.slice(0, first) + word[first + 1]! + word[first]! + word.slice(first + 2)
    }
  }
}
