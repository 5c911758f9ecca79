/** What a UTF-16 code unit is to the n-gram counter. */
export const SPACE = 0
const WORD = 1
const SYMBOL = 2

const UNKNOWN = 255
const WORD_PATTERN = /[\p{L}\p{N}\p{M}_]/u
const SPACE_PATTERN = /[\s\p{Z}\p{Cc}\p{Cf}]/u

/**
 * Classifies code units, remembering each answer, so that a Unicode property is looked up once a character.
 * Half a surrogate pair is a `SYMBOL`: emoji count as symbols, and a lone surrogate does no harm.
 */
export function createCharacterClasses(): (code: number) => number {
  const known = new Uint8Array(65536).fill(UNKNOWN)
  return (code) => {
    const seen = known[code]!
    if (seen !== UNKNOWN) return seen
    const character = String.fromCharCode(code)
    const found = WORD_PATTERN.test(character) ? WORD : SPACE_PATTERN.test(character) ? SPACE : SYMBOL
    known[code] = found
    return found
  }
}
