import { hash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id such as `ann_01jd…`: time first, so that ids sort by creation and index pages fill in order. */
export function newId(prefix: string, now: Date): string {
  return `${prefix}_${digitsOf(now.getTime(), 9)}${base32(randomBytes(10))}`
}

/**
 * The id that these parts always have (80 bits of SHA-256). Lets an import say which thread an answer belongs to
 * before that thread has come, and makes two imports of one export end in the same rows.
 */
export function stableId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}_${base32(digest(parts))}`
}

/** Positions that share the head of their ids; what is told in order then fills index pages in order. */
const NEIGHBOURS = 64

/**
 * The id that these parts always have, in the order of `position` (a whole number of 0 or more): its head is the
 * position (25 bits, one value for each 64 positions), the rest a hash of the parts (55 bits, of which only neighbours need differ).
 */
export function orderedId(prefix: string, position: number, ...parts: readonly string[]): string {
  const rest = base32(digest(parts)).slice(HEAD_DIGITS)
  return `${prefix}_${digitsOf(Math.floor(position / NEIGHBOURS), HEAD_DIGITS)}${rest}`
}

const HEAD_DIGITS = 5

/** A number in [0, 1) that these parts always have: for shares drawn by hash (the audit slice). */
export function stableFraction(...parts: readonly string[]): number {
  return digest(parts).readUIntBE(0, 6) / 2 ** 48
}

/** Each part stands behind its length, so that no two lists of parts read the same. */
function digest(parts: readonly string[]): Buffer {
  let text = ''
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`
  return hash('sha256', text, 'buffer')
}

/** The last so many digits of a whole number, so that numbers sort as text. */
function digitsOf(value: number, count: number): string {
  let digits = ''
  let rest = value
  for (let i = 0; i < count; i++) {
    digits = ALPHABET[rest % 32] + digits
    rest = Math.floor(rest / 32)
  }
  return digits
}

/** The first 80 bits in sixteen digits. */
function base32(bytes: Buffer): string {
  let text = ''
  for (let i = 0; i < 10; i += 5) {
    // Forty bits in two numbers of twenty, four digits each.
    const high = bytes.readUIntBE(i, 3) >>> 4
    const low = bytes.readUIntBE(i + 2, 3) & 0xfffff
    for (const bits of [high, low])
      for (let shift = 15; shift >= 0; shift -= 5) text += ALPHABET[(bits >>> shift) & 31]
  }
  return text
}
