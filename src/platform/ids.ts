import { hash, randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new id such as `ann_01jd…`: time first, so that ids sort by creation and index pages fill in order. */
export function newId(prefix: string, now: Date): string {
  let time = now.getTime()
  let head = ''
  for (let i = 0; i < 9; i++) {
    head = ALPHABET[time % 32] + head
    time = Math.floor(time / 32)
  }
  return `${prefix}_${head}${base32(randomBytes(10))}`
}

/**
 * The id that these parts always have (80 bits of SHA-256). Lets an import say which thread an answer belongs to
 * before that thread has come, and makes two imports of one export end in the same rows.
 */
export function stableId(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}_${base32(digest(parts))}`
}

/** A number in [0, 1) that these parts always have: for shares drawn by hash (hold-out, audit slice). */
export function stableFraction(...parts: readonly string[]): number {
  return digest(parts).readUIntBE(0, 6) / 2 ** 48
}

/** Each part stands behind its length, so that no two lists of parts read the same. */
function digest(parts: readonly string[]): Buffer {
  let text = ''
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`
  return hash('sha256', text, 'buffer')
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
