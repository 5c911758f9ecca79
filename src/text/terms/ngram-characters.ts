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

/**
 * Rolling 32-bit hashes: FNV-1a over code units, finished with MurmurHash3's `fmix32` so that short n-grams
 * spread over all bits (Fowler, Noll, Vo 1991; Appleby 2011). Each kind of n-gram starts from its own seed.
 */
export const WORD_SEED = 0x811c9dc5
export const BIGRAM_SEED = 0x9747b28c
export const CHARACTER_SEED = 0x2f0b4c47

/** One step of FNV-1a over a 16-bit code unit. */
export function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** MurmurHash3's finaliser, as an unsigned integer. */
export function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
