import { DIGITS, FIRST_SCORE, GRAM_COUNT, SCORE_COUNT, SCORE_STEP, TABLE } from './language-table.ts'

/** Multiplying by it spreads keys over the highest bits (Knuth, The Art of Computer Programming 3, 6.4). */
const KNUTH = 0x9e3779b1

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
