import { hash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id such as `ann_01jd…`: time first, so that ids sort by creation and index pages fill in order. */
export function newId(prefix: string, now: Date): string {
  return `${prefix}_${digitsOf(now.getTime(), TIME_DIGITS)}${base32(randomBytes(ID_BYTES).toString('latin1'))}`
}

/** When an id of {@link newId} was made, to the millisecond: a text that sorts by it, whatever the prefix. */
export function timeOfId(id: string): string {
  const start = id.indexOf('_') + 1
  return id.slice(start, start + TIME_DIGITS)
}

/** Characters of an id that are its time. */
const TIME_DIGITS = 9
/** Random bytes of an id. */
const ID_BYTES = 10
/** Ids whose random bytes are drawn at once: drawing costs a microsecond or two, however few they are. */
const DRAWN = 400

/** Makes ids as `newId` does, for what needs thousands a second. */
export function createIdMaker(prefix: string): (now: Date) => string {
  let drawn = ''
  let at = 0
  return (now) => {
    if (at === drawn.length) {
      drawn = randomBytes(ID_BYTES * DRAWN).toString('latin1')
      at = 0
    }
    const bytes = drawn.slice(at, at + ID_BYTES)
    at += ID_BYTES
    return `${prefix}_${digitsOf(now.getTime(), TIME_DIGITS)}${base32(bytes)}`
  }
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
  const bytes = digest(parts)
  let value = 0
  for (let i = 0; i < 6; i++) value = value * 256 + bytes.charCodeAt(i)
  return value / 2 ** 48
}

/**
 * A character for each byte of the hash: a string costs a quarter of a buffer, and imports make some six a post. Each
 * part stands behind its length, so that no two lists of parts read the same.
 */
function digest(parts: readonly string[]): string {
  let text = ''
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`
  return hash('sha256', text, 'binary')
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

/** Two digits for each value of ten bits. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits >>> 5]}${ALPHABET[bits & 31]}`)

/** The first 80 bits in sixteen digits. */
function base32(bytes: string): string {
  let text = ''
  for (let i = 0; i < 10; i += 5) {
    // Forty bits in two numbers of twenty, four digits each.
    const middle = bytes.charCodeAt(i + 2)
    const high = (bytes.charCodeAt(i) << 12) | (bytes.charCodeAt(i + 1) << 4) | (middle >>> 4)
    const low = ((middle & 15) << 16) | (bytes.charCodeAt(i + 3) << 8) | bytes.charCodeAt(i + 4)
    for (const bits of [high, low]) text += PAIRS[bits >>> 10]! + PAIRS[bits & 1023]!
  }
  return text
}
