import { DIGITS, FIRST_SCORE, GRAM_COUNT, LANGUAGES, SCORE_COUNT, SCORE_STEP, TABLE } from './table.ts'

/** What the n-grams of a text say of its language: scores from 0 to 1. */
interface LanguageScores {
  /** @param language an ISO 639-1 code */
  of(language: string): number
  /** That of the likeliest language; 0 when no n-gram is known. */
  readonly highest: number
  /** The likeliest language, if texts in it usually score as much as this one. */
  readonly reliable: string | undefined
}

/** Only so many bytes are looked at: to the end of the word after the first number, never past the second. */
const WHOLE_WORDS = 350
const MOST_BYTES = 380
/** N-grams are taken from so many bytes of a word. */
const LONGEST_WORD = 70
const FEWEST_GRAMS = 3
/** The mean score of an n-gram at which a text scores a half. */
const HALF_SCORE = 25

/** Multiplying by it spreads keys over the highest bits (Knuth, The Art of Computer Programming 3, 6.4). */
const KNUTH = 0x9e3779b1

const codes = Object.keys(LANGUAGES)
const table = readGramTable()

/**
 * Scores a text as eld does (four bytes at a stride of three, each distinct n-gram once), in a hundredth of the memory.
 */
export function scoreLanguages(text: string): LanguageScores {
  const grams = gramsOf(text)
  const sums = new Float64Array(codes.length)
  for (const gram of grams) table.add(gram, sums)
  let best = 0
  for (let language = 1; language < sums.length; language++)
    if (sums[language]! > sums[best]!) best = language
  const scaled = (language: number) => {
    const mean = (sums[language] ?? 0) / Math.max(1, grams.size)
    return mean / (mean + HALF_SCORE)
  }
  const highest = scaled(best)
  const code = codes[best]!
  return {
    of: (language) => scaled(codes.indexOf(language)),
    highest,
    reliable: grams.size >= FEWEST_GRAMS && highest >= LANGUAGES[code]! ? code : undefined,
  }
}

/** All that is neither a letter of the basic plane nor within a word, as an apostrophe may be. */
const separators = /[\P{L}\u{10000}-\u{10FFFF}]+(?<!['`’])/gu

/** The keys of a text's distinct n-grams, as the table has them. */
function gramsOf(text: string): Set<number> {
  const bytes = new TextEncoder().encode(text.replace(separators, ' ').trim().toLowerCase())
  const grams = new Set<number>()
  for (let start = 0; start < bytes.length && start <= WHOLE_WORDS; ) {
    let end = bytes.indexOf(SPACE, start)
    if (end < 0) end = bytes.length
    addGrams(grams, bytes, start, Math.min(end, MOST_BYTES))
    start = end + 1
  }
  return grams
}

const SPACE = 0x20

function addGrams(grams: Set<number>, bytes: Uint8Array, start: number, end: number): void {
  if (end <= start) return
  const last = start + Math.min(end - start, LONGEST_WORD) - 4
  let at = start
  for (; at < last; at += 3) grams.add(keyOf(bytes, at, at + 4) * 4 + (at === start ? BEGINS : 0))
  // The end of a word that is too long is known to no language: it counts as an n-gram, and for none.
  if (end - start > LONGEST_WORD) grams.add(-start - 1)
  else grams.add(keyOf(bytes, Math.max(start, last), end) * 4 + (at === start ? BEGINS : 0) + ENDS)
}

const BEGINS = 2
const ENDS = 1

function keyOf(bytes: Uint8Array, start: number, end: number): number {
  let key = 0
  for (let at = start; at < end; at++) key = key * 256 + bytes[at]!
  return key
}

/** Which languages an n-gram speaks for. */
interface GramTable {
  /**
   * Adds what an n-gram says of each language to the languages' sums; nothing for one that is not known.
   *
   * @param key up to four bytes of a word as one number, times 4, plus 2 where they begin the word, plus 1 where they end it
   */
  add(key: number, sums: Float64Array): void
}

/** Unpacks the table into a hash table of typed arrays: two megabytes, where objects would take thirty. */
export function readGramTable(): GramTable {
  const slots = 2 ** Math.ceil(Math.log2(GRAM_COUNT * 2))
  const shift = Math.clz32(slots - 1)
  const keys = new Float64Array(slots)
  const firsts = new Uint32Array(slots)
  const languages = new Uint8Array(SCORE_COUNT)
  const scores = new Uint8Array(SCORE_COUNT)
  const digits = new Uint8Array(128)
  for (let digit = 0; digit < DIGITS.length; digit++) digits[DIGITS.charCodeAt(digit)] = digit

  let key = 0
  let count = 0
  for (let at = 0; at < TABLE.length; ) {
    let digit: number
    let unit = 1
    do {
      digit = digits[TABLE.charCodeAt(at++)]!
      key += (digit % 32) * unit
      unit *= 32
    } while (digit >= 32)
    const slot = slotOf(key)
    keys[slot] = key
    firsts[slot] = count
    do {
      languages[count] = digits[TABLE.charCodeAt(at++)]!
      digit = digits[TABLE.charCodeAt(at++)]!
      scores[count++] = digit
    } while (digit >= 32)
  }

  /** Where a key is, or the empty place where it would be: no key is 0. */
  function slotOf(wanted: number): number {
    let slot = Math.imul((wanted / 4) ^ (wanted << 30), KNUTH) >>> shift
    while (keys[slot] !== 0 && keys[slot] !== wanted) slot = (slot + 1) & (slots - 1)
    return slot
  }

  return {
    add(wanted, sums) {
      const slot = slotOf(wanted)
      if (keys[slot] === 0) return
      for (let at = firsts[slot]!; ; at++) {
        const score = scores[at]!
        sums[languages[at]!]! += FIRST_SCORE + (score % 32) * SCORE_STEP
        if (score < 32) return
      }
    },
  }
}
