const PLAIN = /^[a-z0-9]*$/
const NOT_WORD = /[^\p{L}\p{N}.]+/gu
const LETTERS_WITHOUT_DECOMPOSITION = /[œæøðþßłđı]/g
const SPELT_OUT: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

/**
 * The form of a word that matching compares: lower case, without accents and ligatures, nothing but letters, digits and
 * the dots of a version or an address. May be empty (a lone combining mark), may be longer than its input (`½`, `œ`).
 */
export function fold(word: string): string {
  const lower = word.toLowerCase()
  if (PLAIN.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .toLowerCase()
    .replace(NOT_WORD, '')
    .replace(LETTERS_WITHOUT_DECOMPOSITION, (letter) => SPELT_OUT[letter] ?? letter)
}
